using System.Globalization;
using System.Text;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Serialization;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Rooms;

/// <summary>A socket whose handler handles one numbered event for each permit of the test.</summary>
internal sealed class BlockableSocket : IAsyncDisposable
{
    /// <summary>The number of bytes of an event with a number of one digit, as the queue counts it.</summary>
    public const int EventBytes = 7 + EventBacklog.BytesPerEvent;

    private readonly Inbox<long> _begun = new();
    private readonly SemaphoreSlim _permits = new(0);
    private readonly BusDiagnostics _diagnostics;
    private readonly Socket _socket;

    public BlockableSocket(
        string id,
        ReceivePressure pressure,
        BusDiagnostics diagnostics,
        SlowSocketPolicy policy = SlowSocketPolicy.WaitThenDropNewest)
    {
        _diagnostics = diagnostics;
        _socket = new Socket(id, "/", default, pressure, TestWait.Of(diagnostics), diagnostics, policy: policy);
        _socket.On("e", async arguments =>
        {
            _begun.Add(arguments[0].GetInt64());
            await _permits.WaitAsync();
            Handled.Add(arguments[0].GetInt64());
        });
    }

    /// <summary>The socket itself.</summary>
    public LocalSocket Socket => _socket;

    /// <summary>The numbers of the events that were handled, in order.</summary>
    public Inbox<long> Handled { get; } = new();

    /// <summary>Delivers events, numbered from 0; completes when the handler has begun with the first and the others are queued.</summary>
    public async Task FillAsync(int events, bool isReceived = true)
    {
        Assert.True(Deliver(0, isReceived));
        await _begun.NextAsync();
        for (var i = 1; i < events; i++)
            Assert.True(Deliver(i, isReceived));
    }

    /// <summary>Permits a number of events; completes when they are handled and the handler has begun with the next event.</summary>
    public async Task HandleAsync(int events)
    {
        _permits.Release(events);
        await Handled.NextAsync(events);
        await _begun.NextAsync(events);
    }

    /// <summary>Permits a number of events, the last ones in the queue; completes when they are handled.</summary>
    public async Task<long[]> HandleLastAsync(int events)
    {
        _permits.Release(events);
        await _begun.NextAsync(events - 1);
        return await Handled.NextAsync(events);
    }

    /// <summary>Delivers an event; false if it was dropped.</summary>
    public bool Deliver(long number, bool isReceived = true, string name = "e")
    {
        var packet = Encoding.UTF8.GetBytes($"""["{name}",{number.ToString(CultureInfo.InvariantCulture)}]""");
        var origin = new EventOrigin { Namespace = "/", Time = TimeProvider.System, IsReceived = isReceived };
        var encodedName = Encoding.UTF8.GetBytes(name);
        var delivery = new PacketDelivery(encodedName, new EncodedValue(packet, ValueEncoding.Json), in origin, _diagnostics);
        return _socket.Deliver(ref delivery);
    }

    public Task LeaveAsync() => _socket.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _permits.Release(1_000);
        await LeaveAsync();
        _permits.Dispose();
    }
}
