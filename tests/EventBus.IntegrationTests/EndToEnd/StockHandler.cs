using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Records the received numbers in order, and waits until a condition on them holds.</summary>
internal sealed class StockHandler : IStockEvents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<int> _numbers = [];
    private readonly List<(Func<IReadOnlyList<int>, bool> Condition, TaskCompletionSource Met)> _waiting = [];

    public int[] Numbers
    {
        get
        {
            lock (_lock)
                return [.. _numbers];
        }
    }

    public void Price(int number, string text) => Add(number);

    public ValueTask Chart(int number, ReadOnlyMemory<byte> image)
    {
        Add(number);
        return ValueTask.CompletedTask;
    }

    public Task UntilCountAsync(int count) => UntilAsync(numbers => numbers.Count >= count);

    public async Task UntilAsync(Func<IReadOnlyList<int>, bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(_numbers))
                return;
            _waiting.Add((condition, met));
        }

        await met.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private void Add(int number)
    {
        lock (_lock)
        {
            _numbers.Add(number);
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(_numbers)))
                met.TrySetResult();
            _waiting.RemoveAll(waiting => waiting.Met.Task.IsCompleted);
        }
    }
}
