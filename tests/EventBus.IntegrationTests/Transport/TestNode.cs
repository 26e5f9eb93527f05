using System.Collections.Concurrent;
using EventBus.Diagnostics;
using EventBus.Testing;
using EventBus.Transport;
using EventBus.Transport.Postgres;
using EventBus.Wire;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A transport in the namespace <c>/</c>, with a receiver that records everything.</summary>
internal sealed class TestNode : ITransportReceiver, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<(Func<TestNode, bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private readonly MessageEncoder _encoder;
    private volatile TaskCompletionSource? _resumed; // set during a pause

    private TestNode(NpgsqlDataSource dataSource, TestNames names, EventBusOptions options, Func<long, Task>? beforeAttachmentIsReady)
    {
        DataSource = dataSource;
        Diagnostics = new BusDiagnostics(Logger, Reported.Enqueue);
        options.TableName = names.Table;
        Transport = new PostgresTransport(dataSource, options, TimeProvider.System, Diagnostics, beforeAttachmentIsReady);
        _encoder = new MessageEncoder(
            new() { Channel = names.Channel, Namespace = "/", Uid = "00000000000000aa", Source = Transport.Source });
    }

    public NpgsqlDataSource DataSource { get; }

    public PostgresTransport Transport { get; }

    public BusDiagnostics Diagnostics { get; }

    public RecordingLogger Logger { get; } = new();

    public ConcurrentQueue<Exception> Reported { get; } = new();

    /// <summary>The numbers of the events of other sources, in the order of their arrival.</summary>
    public List<long> Received { get; } = [];

    public List<EventGap> Gaps { get; } = [];

    public List<LostAttachment> LostAttachments { get; } = [];

    public List<bool> Connected { get; } = [];

    public int ListenedAgain { get; private set; }

    public long Lost => Gaps.Sum(static gap => gap.Lost) + LostAttachments.Count;

    /// <summary>Called by the pump for each received message.</summary>
    public Action<ClusterMessage>? Handler { get; set; }

    public static async Task<TestNode> StartAsync(
        PostgresServer server, TestNames names, EventBusOptions? options = null, Func<long, Task>? beforeAttachmentIsReady = null,
        Action<NpgsqlConnectionStringBuilder>? configure = null)
    {
        var node = Create(server, names, options, beforeAttachmentIsReady, configure);
        try
        {
            await node.Transport.StartAsync(node, TestContext.Current.CancellationToken);
            await node.Transport.ListenAsync(names.Channel, "/", TestContext.Current.CancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a node without starting it.</summary>
    public static TestNode Create(
        PostgresServer server, TestNames names, EventBusOptions? options = null, Func<long, Task>? beforeAttachmentIsReady = null,
        Action<NpgsqlConnectionStringBuilder>? configure = null) =>
        new(server.CreateDataSource(configure), names, options ?? new(), beforeAttachmentIsReady);

    /// <summary>Creates a node over a data source, which is disposed with it, without starting it.</summary>
    public static TestNode Create(NpgsqlDataSource dataSource, TestNames names, EventBusOptions? options = null) =>
        new(dataSource, names, options ?? new(), beforeAttachmentIsReady: null);

    /// <summary>Lets the pump wait after the message that it delivers. Call it in <see cref="Handler"/>.</summary>
    public void Pause() => _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends a pause.</summary>
    public void Resume() => Interlocked.Exchange(ref _resumed, null)?.SetResult();

    public OutgoingMessage Event(long number, int padding = 0) => _encoder.Broadcast(new TestEvent(number, padding), default);

    public OutgoingMessage Heartbeat() => _encoder.Heartbeat();

    public ValueTask EmitAsync(long number, int padding = 0, CancellationToken cancellationToken = default) =>
        Transport.Publisher.PublishAsync(Event(number, padding), cancellationToken);

    /// <summary>Completes when a condition on the state of this node holds.</summary>
    public async Task UntilAsync(Func<TestNode, bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(this))
                return;
            _waiting.Add((condition, met));
        }

        try
        {
            await met.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            var log = string.Join(" | ", Logger.Entries.Select(static entry => entry.Message));
            Assert.Fail($"Timed out: {Received.Count} received, {Lost} lost, listened again {ListenedAgain} times; {log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await DataSource.DisposeAsync();
    }

    /// <summary>Whether it has open requests, so that it reads responses.</summary>
    public bool HasRequests { get; set; } = true;

    bool ITransportReceiver.IsCongested => _resumed is not null;

    bool ITransportReceiver.HasRequests(string busNamespace) => HasRequests;

    async Task ITransportReceiver.WaitUntilRelievedAsync(CancellationToken giveUp)
    {
        if (_resumed is { } resumed)
            await resumed.Task.WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    void ITransportReceiver.OnMessage(ClusterMessage message) => Note(() =>
    {
        if (message.Key.Source != Transport.Source && message.Type == MessageType.Broadcast)
            Received.Add(TestEvent.NumberOf(message));
        Handler?.Invoke(message);
    });

    void ITransportReceiver.OnGap(EventGap gap) => Note(() => Gaps.Add(gap));

    void ITransportReceiver.OnAttachmentLost(LostAttachment attachment) => Note(() => LostAttachments.Add(attachment));

    void ITransportReceiver.OnConnectedChanged(bool connected) => Note(() => Connected.Add(connected));

    void ITransportReceiver.OnListeningAgain() => Note(() => ListenedAgain++);

    private void Note(Action change)
    {
        lock (_lock)
        {
            change();
            foreach (var waiting in _waiting.FindAll(waiting => waiting.Condition(this)))
            {
                waiting.Met.SetResult();
                _waiting.Remove(waiting);
            }
        }
    }
}
