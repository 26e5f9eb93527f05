using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EventBus.Benchmarks.Direction;

/// <summary>A server of a peer. A shell ends it, by its id, when the director disposes it or dies.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Script = "\"$@\" < /dev/null & cat > /dev/null; kill $!; wait $!";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _shell;

    private ServerProcess(Process shell, int port) => (_shell, Port) = (shell, port);

    public int Port { get; }

    /// <summary>Starts a server on a free port of 127.0.0.1, and waits until it accepts connections.</summary>
    /// <param name="program">The program, which is found on the path.</param>
    /// <param name="describe">Makes its arguments of the port.</param>
    public static async Task<ServerProcess> StartAsync(string program, Func<int, IReadOnlyList<string>> describe)
    {
        var port = FindPort();
        string[] arguments = ["-c", Script, "server", program, .. describe(port)];
        var start = new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardInput = true };
        var shell = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        var server = new ServerProcess(shell, port);
        for (var began = Stopwatch.GetTimestamp(); !await server.AcceptsAsync(); await Task.Delay(Pause))
        {
            if (Stopwatch.GetElapsedTime(began) > LongestStart)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"'{program}' does not accept connections on port {port}: run eng/bench.sh.");
            }
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AcceptsAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
