namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Records the received numbers in order. -1 ends them.</summary>
internal sealed class ShopHandler : IShopEvents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<int> _numbers = [];
    private readonly TaskCompletionSource<int[]> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<int[]> AllAsync() => _ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public void Placed(int number)
    {
        if (number == -1)
            _ended.SetResult([.. _numbers]);
        else
            _numbers.Add(number);
    }

    public ValueTask Photo(int number, ReadOnlyMemory<byte> image)
    {
        _numbers.Add(number);
        return ValueTask.CompletedTask;
    }
}
