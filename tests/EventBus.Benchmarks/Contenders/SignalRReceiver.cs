using System.Buffers;
using System.IO.Pipelines;
using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventBus.Benchmarks.Contenders;

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
