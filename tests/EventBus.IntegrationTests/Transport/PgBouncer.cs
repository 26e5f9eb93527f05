using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EventBus.Testing;
using Npgsql;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A PgBouncer in front of a server, if it is installed.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    // Debian installs it for root, whose path alone contains the directory.
    private const string DebianProgram = "/usr/sbin/pgbouncer";

    private readonly Process _process;
    private readonly string _directory;
    private readonly int _port;

    private PgBouncer(Process process, string directory, int port)
    {
        _process = process;
        _directory = directory;
        _port = port;
    }

    /// <param name="server">The server.</param>
    /// <param name="mode">The mode of its pool: transaction or session.</param>
    public static async Task<PgBouncer?> TryStartAsync(PostgresServer server, string mode = "transaction")
    {
        var target = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var directory = Directory.CreateTempSubdirectory("eventbus-pgbouncer-").FullName;
        var port = FindFreePort();
        var users = Path.Combine(directory, "users.txt");
        var settings = Path.Combine(directory, "pgbouncer.ini");
        await File.WriteAllTextAsync(users, $"\"{target.Username}\" \"{target.Password}\"\n");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host={target.Host} port={target.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            auth_type = plain
            auth_file = {users}
            pool_mode = {mode}
            unix_socket_dir =

            """);
        string[] runAs = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(directory, (UnixFileMode)Convert.ToInt32("755", 8));
        try
        {
            var process = Process.Start(new ProcessStartInfo(Program, [.. runAs, settings]) { RedirectStandardError = true });
            var pooler = new PgBouncer(process!, directory, port);
            await pooler.UntilReadyAsync();
            return pooler;
        }
        catch (Win32Exception)
        {
            Directory.Delete(directory, recursive: true);
            return null;
        }
    }

    private static string Program => File.Exists(DebianProgram) ? DebianProgram : "pgbouncer";

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port => _port;

    public void Configure(NpgsqlConnectionStringBuilder builder) =>
        (builder.Host, builder.Port, builder.Pooling) = ("127.0.0.1", _port, false);

    /// <summary>Changes the mode of the running pooler, as an operator does.</summary>
    public async Task SetModeAsync(string mode)
    {
        var settings = Path.Combine(_directory, "pgbouncer.ini");
        var lines = await File.ReadAllLinesAsync(settings);
        var changed = lines.Select(line => line.StartsWith("pool_mode", StringComparison.Ordinal) ? $"pool_mode = {mode}" : line);
        await File.WriteAllLinesAsync(settings, changed);
        using var reload = Process.Start("kill", ["-HUP", $"{_process.Id}"]);
        await reload.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task UntilReadyAsync()
    {
        while (!_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
