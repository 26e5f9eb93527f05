using EventBus.Hosting;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>A node that records the events of its sockets by name, as JSON, and the losses.</summary>
internal sealed class EmitReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<string> _received = [];
    private readonly List<(Func<IReadOnlyList<string>, bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private readonly Dictionary<string, int> _sockets = [];
    private readonly NpgsqlDataSource _dataSource;
    private int _ends;

    private EmitReceiver(NpgsqlDataSource dataSource, IEventBus bus) => (_dataSource, Bus) = (dataSource, bus);

    public IEventBus Bus { get; }

    /// <summary>The received events, as <c>name [arguments]</c>, in order.</summary>
    public string[] Received
    {
        get
        {
            lock (_lock)
                return [.. _received];
        }
    }

    public static async Task<EmitReceiver> StartAsync(NpgsqlDataSource dataSource, EventBusOptions? options = null)
    {
        var bus = await EventBusNode.StartAsync(dataSource, options, cancellationToken: TestContext.Current.CancellationToken);
        return new EmitReceiver(dataSource, bus);
    }

    /// <summary>Adds a socket whose events are recorded, with its name before theirs if it has one.</summary>
    public async Task AddAsync(string[] rooms, string busNamespace = "/", string name = "")
    {
        _sockets[busNamespace] = _sockets.GetValueOrDefault(busNamespace) + 1;
        await Bus.Of(busNamespace).ConnectAsync(
            new SocketOptions { Rooms = rooms },
            socket => socket.OnAny((eventName, arguments) =>
            {
                Add($"{name}{eventName} [{string.Join(',', arguments)}]");
                return ValueTask.CompletedTask;
            }),
            TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Emits a last event in a transaction of its own, and waits until every socket of the namespace has received it: each has a queue of
    /// its own.
    /// </summary>
    /// <returns>The events before it.</returns>
    public async Task<string[]> EndAsync(string busNamespace = "/")
    {
        var end = $"end-{++_ends} []";
        await using (var command = _dataSource.CreateCommand("SELECT eventbus.emit($1, $2)"))
        {
            command.Parameters.Add(new() { Value = busNamespace });
            command.Parameters.Add(new() { Value = end.Split(' ')[0] });
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var sockets = _sockets[busNamespace];
        await UntilAsync(received => received.Count(text => text.EndsWith(end, StringComparison.Ordinal)) == sockets);
        return [.. Received.Where(static text => !text.Contains("end-", StringComparison.Ordinal))];
    }

    public async Task UntilAsync(Func<IReadOnlyList<string>, bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(_received))
                return;
            _waiting.Add((condition, met));
        }

        await met.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Bus.DisposeAsync();

    private void Add(string text)
    {
        lock (_lock)
        {
            _received.Add(text);
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(_received)))
                met.TrySetResult();
            _waiting.RemoveAll(static waiting => waiting.Met.Task.IsCompleted);
        }
    }
}
