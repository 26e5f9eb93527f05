using System.Collections.Concurrent;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Durable;

/// <summary>The calls of the handlers of one test, and how they behave.</summary>
internal sealed class WorkLog
{
    private readonly ConcurrentQueue<WorkCall> _calls = new();
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<WorkCall> Calls => [.. _calls];

    /// <summary>Called before a call returns; it may throw.</summary>
    public Func<WorkCall, DurableContext, Task> Behave { get; set; } = static (_, _) => Task.CompletedTask;

    public IEnumerable<int> Numbers => _calls.Select(static call => call.Number);

    public async Task AddAsync(WorkCall call, DurableContext context)
    {
        _calls.Enqueue(call);
        Interlocked.Exchange(ref _added, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        await Behave(call, context);
    }

    /// <summary>Completes when the calls fulfil a condition.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<WorkCall>, bool> isFulfilled)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var added = Volatile.Read(ref _added).Task;
            if (isFulfilled(Calls))
                return;
            await added.WaitAsync(limit.Token);
        }
    }

    /// <summary>Writes a row in the transaction of the event.</summary>
    public static async Task WriteAsync(WorkCall call, DurableContext context)
    {
        await using var command = new NpgsqlCommand("INSERT INTO work (number) VALUES ($1)", context.Connection, context.Transaction)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = call.Number } },
        };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>One call of a handler.</summary>
internal sealed record WorkCall(string Node, string Key, int Number, int Attempt, EventIdentity Identity);

/// <summary>A durable handler that writes down its calls.</summary>
internal sealed class WorkHandler(DurableContext context, WorkLog log, IEventBus bus) : IWorkEvents
{
    public async ValueTask Done(string key, int number) =>
        await log.AddAsync(new WorkCall(bus.Uid, key, number, context.Attempt, context.Identity), context);
}
