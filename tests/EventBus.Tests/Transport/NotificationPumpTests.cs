using System.Collections.Concurrent;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Tests.Transport.InMemory;
using EventBus.Tests.Wire;
using EventBus.Transport.Connections;
using EventBus.Transport;
using EventBus.Transport.Postgres;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Npgsql;

namespace EventBus.Tests.Transport;

public sealed class NotificationPumpTests : IAsyncDisposable
{
    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"); // rejects connections
    private readonly TestTime _time = new();
    private readonly ReceiveQueue<Notification> _queue = new(capacity: 1000);
    private readonly RecordingReceiver _receiver = new();
    private readonly MessageEncoder _encoder = Message.Encoder();
    private readonly RecordingLogger _logger = new();
    private readonly ConcurrentQueue<Exception> _errors = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly NotificationPump _pump;

    public NotificationPumpTests()
    {
        _diagnostics = new BusDiagnostics(_logger, _errors.Enqueue);
        var budget = new AttachmentBudget(1000, _time);
        var workers = new WorkerConnections(new ConnectionOpener(_nowhere, new EventBusOptions(), _time, _diagnostics), most: 1);
        var reader = new AttachmentReader(workers, new AttachmentSchema("attachments"), budget, _time, _diagnostics, beforeReady: null);
        var attachments = new AttachmentReadAhead(reader, budget, maxReads: 1, _queue.Wake);
        var backends = new Backends(lookUp: null, _queue.Wake, _time, _logger);
        var tracker = new SequenceTracker("own", backends, TimeSpan.FromSeconds(5), _queue.Wake, _time, _diagnostics);
        _pump = new NotificationPump(_queue, _receiver, "own", attachments, attachmentSeen: static () => { }, tracker, _time, _diagnostics);
    }

    public async ValueTask DisposeAsync()
    {
        await _pump.DisposeAsync();
        await _nowhere.DisposeAsync();
    }

    [Fact]
    public async Task EndAsync_forgets_sources_after_the_queued_notifications()
    {
        Add(1);
        var ended = _pump.EndAsync("/");
        Add(5);

        _pump.Start();
        await ended;
        await _receiver.Inbox.NextAsync();
        await _receiver.Inbox.NextAsync();

        Assert.Equal(0, _diagnostics.Lost.Value);
    }

    [Fact]
    public async Task Accept_logger_that_throws_does_not_stop_the_pump()
    {
        _logger.Throws = true;
        _queue.Add(new Notification("/", "malformed"));
        Add(1);

        _pump.Start();
        await _receiver.Inbox.NextAsync();

        Assert.Contains(_errors, static error => error.Message == "thrown by the logger");
    }

    [Fact]
    public async Task Deliver_deferred_messages_keep_their_bytes_and_return_them_once()
    {
        const int each = 100;
        _pump.Start();
        var number = 0L;
        for (var round = 0; round < 3; round++)
        {
            // It cannot be read, so it is lost after the time for retries. Later messages wait until then.
            AddAttachment(++number);
            var first = number + 1;
            for (var i = 0; i < each; i++)
                Add(++number, $"event {number}");
            while (_receiver.Inbox.Count == 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            Assert.Equal("lost attachment 7", await _receiver.Inbox.NextAsync());
            Assert.Equal(
                Enumerable.Range((int)first, each).Select(static i => $"""["b","event {i}"]"""), await _receiver.Inbox.NextAsync(each));
        }

        Assert.Equal((3, 0), (_diagnostics.Lost.Value, _diagnostics.Malformed.Value));
    }

    [Fact]
    public async Task Accept_own_event_is_not_delivered_again()
    {
        var own = Message.Encoder("own");
        Add(1, "first", own);
        Add(1, "second");
        _pump.Start();
        Assert.Equal("""["b","second"]""", await _receiver.Inbox.NextAsync());
        await _pump.DisposeAsync();
        Assert.Equal(new ReceptionProgress(2, 2, IsPaused: false), _queue.Progress);
    }

    [Fact(Timeout = 60_000)]
    public async Task Defect_is_reported_and_delays_the_next_notification()
    {
        var defects = 2;
        _receiver.BeforeNext = () =>
        {
            if (defects-- > 0)
                throw new InvalidOperationException("defect");
        };
        Add(1, "first");
        _pump.Start();
        for (var i = 1; i <= 2; i++)
        {
            while (_time.Timers == 0)
                await Task.Yield();
            _time.Advance(TimeSpan.FromSeconds(0.999));
            Assert.Equal((i, 0), (_errors.Count, _receiver.Inbox.Count));
            _time.Advance(TimeSpan.FromSeconds(0.001));
        }

        Assert.Equal("""["b","first"]""", await _receiver.Inbox.NextAsync());
        Assert.Equal(2, _logger.Entries.Count(static entry => entry.Id == 127));
    }

    private void AddAttachment(long number)
    {
        using var message = _encoder.Broadcast(Message.BinaryEvent(), default);
        message.Number(number, number);
        _queue.Add(new Notification("/", $"{Encoding.UTF8.GetString(message.Head.Span)}7{Encoding.UTF8.GetString(message.Tail.Span)}"));
    }

    [Fact]
    public async Task RunAsync_leaves_the_thread_to_others_after_512_notifications()
    {
        var mark = new ThreadMark();
        _receiver.BeforeNext = mark.Set;
        for (var number = 1; number <= 1_100; number++)
            Add(number);

        _pump.Start();
        await _receiver.Inbox.NextAsync(1_100);

        Assert.Equal(2, mark.Posts);
    }

    private void Add(long number, string text = "x", MessageEncoder? encoder = null)
    {
        using var message = (encoder ?? _encoder).Broadcast(Message.Event(text), default);
        message.Number(number, number);
        _queue.Add(new Notification("/", Encoding.UTF8.GetString(message.Payload.Span)));
    }
}
