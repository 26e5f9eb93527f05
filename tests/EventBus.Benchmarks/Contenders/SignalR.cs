using System.Buffers;
using System.IO.Pipelines;
using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A SignalR server with the Redis backplane, without HTTP: the part that sends to a group of all servers.</summary>
internal sealed class SignalRBackplane : IAsyncDisposable
{
    public const string Event = "ping";

    private readonly ServiceProvider _services;

    public SignalRBackplane()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalR().AddStackExchangeRedis(Servers.Redis);
        _services = services.BuildServiceProvider();
        Hub = _services.GetRequiredService<HubLifetimeManager<BenchmarkHub>>();
    }

    public HubLifetimeManager<BenchmarkHub> Hub { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal sealed class BenchmarkHub : Hub;
}

/// <summary>Sends to a group through SignalR's Redis backplane.</summary>
internal sealed class SignalRPublisher : IPublisher
{
    /// <summary>SignalR has an envelope of its own; with this argument its message is as long as that of the others.</summary>
    private static readonly string Padding = new('x', 112);

    private readonly SignalRBackplane _backplane = new();
    private readonly SlidingWindow _window = new(512);

    /// <summary>The backplane connects with the first event.</summary>
    public async Task ConnectAsync() => await PublishAsync(0, -1);

    public ValueTask PublishAsync(long sentAt, long number) => new(SendAsync(sentAt, number));

    public ValueTask PostAsync(long sentAt, long number)
    {
        var sent = SendAsync(sentAt, number);
        return _window.CountsLast() || sent.IsFaulted ? _window.AwaitPreviousAsync(sent) : ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync()
    {
        await _window.FlushAsync();
        await PublishAsync(0, -1);
    }

    public ValueTask DisposeAsync() => _backplane.DisposeAsync();

    private Task SendAsync(long sentAt, long number) =>
        _backplane.Hub.SendGroupAsync(EventText.Room, SignalRBackplane.Event, [sentAt, number, Padding]);
}

/// <summary>A SignalR server with the Redis backplane and one connection, whose other end is read in this process.</summary>
internal sealed class SignalRReceiver : IReceiver
{
    private const string ConnectionId = "connection";
    private const byte Separator = 0x1e;

    private readonly SignalRBackplane _backplane = new();
    private readonly Pipe _toClient = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _toServer = new(new PipeOptions(useSynchronizationContext: false));
    private Task _reading = Task.CompletedTask;

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        var server = new Duplex(_toServer.Reader, _toClient.Writer);
        var client = new Duplex(_toClient.Reader, _toServer.Writer);
        var options = new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) };
        var connection = new HubConnectionContext(
            new DefaultConnectionContext(ConnectionId, server, client), options, NullLoggerFactory.Instance)
        {
            Protocol = new JsonHubProtocol(),
        };
        await _backplane.Hub.OnConnectedAsync(connection);
        await _backplane.Hub.AddToGroupAsync(ConnectionId, room);
        _reading = ReadAsync(arrivals);
    }

    public async ValueTask DisposeAsync()
    {
        await _toClient.Writer.CompleteAsync();
        await _reading;
        await _backplane.DisposeAsync();
    }

    private async Task ReadAsync(Arrivals arrivals)
    {
        while (true)
        {
            var result = await _toClient.Reader.ReadAsync();
            var buffer = result.Buffer;
            while (buffer.PositionOf(Separator) is { } end)
            {
                Add(arrivals, buffer.Slice(0, end));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            _toClient.Reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    private static void Add(Arrivals arrivals, ReadOnlySequence<byte> message)
    {
        var text = message.IsSingleSegment ? message.FirstSpan : message.ToArray();
        var before = "\"arguments\":["u8;
        if (text.IndexOf(before) is >= 0 and var at)
        {
            var (sentAt, number) = EventText.ReadArguments(text[(at + before.Length)..]);
            arrivals.Add(sentAt, number);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
