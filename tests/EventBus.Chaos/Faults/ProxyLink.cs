using System.Net;
using System.Net.Sockets;

namespace EventBus.Chaos.Faults;

/// <summary>One connection through the proxy. It learns from the statements what the connection is used for.</summary>
internal sealed class ProxyLink(FaultProxy proxy, Socket client) : IDisposable
{
    /// <summary>Shorter requests of a publishing connection are checks, not events.</summary>
    private const int LeastStatement = 120;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile bool _isReplyCut;
    private volatile bool _hasLostBytes;

    /// <summary>The port by which the server knows this connection.</summary>
    public int ServerSidePort { get; private set; }

    /// <summary>Whether the proxy dropped something. Then the link is never used again.</summary>
    public bool HasLostBytes => _hasLostBytes;

    public bool IsListening { get; private set; }

    public bool IsPublishing { get; private set; }

    /// <summary>Passes bytes until one side closes, or the link is cut.</summary>
    public async Task RunAsync(int serverPort)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, serverPort));
            ServerSidePort = ((IPEndPoint)_server.LocalEndPoint!).Port;
            await Task.WhenAny(PumpAsync(client, _server, isUp: true), PumpAsync(_server, client, isUp: false));
        }
        catch (SocketException)
        {
            // The server is not running: the client's connection is closed, too.
        }

        Dispose();
    }

    /// <summary>Resets both sides.</summary>
    public void Dispose()
    {
        client.Close(0);
        _server.Close(0);
    }

    private async Task PumpAsync(Socket from, Socket to, bool isUp)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                var chunk = buffer.AsMemory(0, count);
                if (_hasLostBytes || !await proxy.MayPassAsync(count, isUp))
                    _hasLostBytes = true;
                else if (!await PassAsync(chunk, to, isUp))
                    return;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side was closed: the other one is closed as well.
        }
    }

    /// <returns>Whether the link goes on.</returns>
    private async Task<bool> PassAsync(ReadOnlyMemory<byte> chunk, Socket to, bool isUp)
    {
        if (!isUp)
            return !_isReplyCut && await SendAsync(chunk, to);
        Learn(chunk.Span);
        var cut = IsPublishing && chunk.Length >= LeastStatement && proxy.IsArmed ? proxy.TakeArmed() : Cut.None;
        switch (cut)
        {
            case Cut.BeforeRequest:
                return false;
            case Cut.InRequest:
                await SendAsync(chunk[..(chunk.Length / 2)], to);
                return false;
            case Cut.BeforeReply:
                _isReplyCut = true;
                return await SendAsync(chunk, to);
            default:
                return await SendAsync(chunk, to);
        }
    }

    private async Task<bool> SendAsync(ReadOnlyMemory<byte> chunk, Socket to)
    {
        if (proxy.IsSplitting && chunk.Length > 1)
        {
            var middle = Random.Shared.Next(1, chunk.Length);
            await to.SendAsync(chunk[..middle]);
            await Task.Yield();
            chunk = chunk[middle..];
        }

        while (chunk.Length > 0)
            chunk = chunk[await to.SendAsync(chunk)..];
        return true;
    }

    private void Learn(ReadOnlySpan<byte> chunk)
    {
        if (!IsListening && chunk.IndexOf("LISTEN \""u8) >= 0)
            IsListening = true;
        if (!IsPublishing && chunk.IndexOf("pg_notify($1[c]"u8) >= 0)
            IsPublishing = true;
    }
}
