using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EventBus.IntegrationTests.Faults;

/// <summary>An address that can be moved from one server to another. Connections that are open stay with the old server.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Task _accepting;
    private volatile int _target;
    private int _accepted;

    public Relay(string connectionString)
    {
        MoveTo(connectionString);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How many connections were accepted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Leads new connections to a server.</summary>
    public void MoveTo(string connectionString) => _target = new NpgsqlConnectionStringBuilder(connectionString).Port;

    public void Configure(NpgsqlConnectionStringBuilder builder) => builder.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        foreach (var socket in _sockets.Keys)
            socket.Close(0);
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(client, _target);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // It stops, or the client has gone already.
            }
        }
    }

    private async Task ServeAsync(Socket client, int port)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _sockets[client] = _sockets[server] = true;
        try
        {
            if (await TryConnectAsync(server, port))
                await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
            else
                await client.ReceiveAsync(new byte[1]); // A proxy without a server rejects a client only when it sends something.
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side was closed, or the relay stops.
        }

        client.Close(0);
        server.Close(0);
        _sockets.TryRemove(client, out _);
        _sockets.TryRemove(server, out _);
    }

    private static async Task<bool> TryConnectAsync(Socket server, int port)
    {
        try
        {
            await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                for (var passed = 0; passed < count;)
                    passed += await to.SendAsync(buffer.AsMemory(passed, count - passed));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side was closed: the other one is closed as well.
        }
    }
}
