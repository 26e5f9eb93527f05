using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace EventBus.Testing;

/// <summary>A server that is started from PostgreSQL's programs, in a temporary directory, on a free port of 127.0.0.1.</summary>
internal sealed class InstalledServer : IServerHost
{
    private const string CleanUp = "\"$1\" -D \"$2/data\" -m immediate -t 20 -s stop 2>/dev/null; rm -rf \"$2\"";

    private readonly ServerPrograms _programs;
    private readonly PostgresServerOptions _options;
    private readonly string _directory;
    private readonly string _password;
    private Lifeline? _lifeline;
    private int _port;

    private InstalledServer(ServerPrograms programs, PostgresServerOptions options, string password)
    {
        _programs = programs;
        _options = options;
        _password = password;
        _directory = Directory.CreateTempSubdirectory("eventbus-postgres-").FullName;
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = "postgres",
        Password = _password,
        Database = "postgres",
    }.ConnectionString;

    private string StartSeconds => _options.StartTimeout.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);

    private string DataDirectory => Path.Combine(_directory, "data");

    private string LogFile => Path.Combine(_directory, "log");

    public static async Task<InstalledServer> CreateAsync(
        ServerPrograms programs, PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var server = new InstalledServer(programs, options, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
        try
        {
            await server.InitialiseAsync(cancellationToken).ConfigureAwait(false);
            await server.StartOnFreePortAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) =>
        RunAsync(["pg_ctl", "-D", DataDirectory, "-l", LogFile, "-w", "-s", "-t", StartSeconds, "start"], cancellationToken);

    public Task StopAsync(ServerStop stop, CancellationToken cancellationToken)
    {
        var mode = stop == ServerStop.Fast ? "fast" : "immediate";
        return RunAsync(["pg_ctl", "-D", DataDirectory, "-w", "-s", "-m", mode, "stop"], cancellationToken);
    }

    public async Task<IServerHost> StartStandbyAsync(CancellationToken cancellationToken)
    {
        var standby = new InstalledServer(_programs, _options, _password);
        try
        {
            await StopAsync(ServerStop.Fast, cancellationToken).ConfigureAwait(false);
            await standby.CopyAsync(this, cancellationToken).ConfigureAwait(false);
            await StartAsync(cancellationToken).ConfigureAwait(false);
            await standby.StartOnFreePortAsync(cancellationToken).ConfigureAwait(false);
            return standby;
        }
        catch
        {
            await standby.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task PromoteAsync(CancellationToken cancellationToken) =>
        RunAsync(["pg_ctl", "-D", DataDirectory, "-w", "-s", "-t", StartSeconds, "promote"], cancellationToken);

    public Task SignalAsync(int processId, string signal, CancellationToken cancellationToken) => Command.RunAsync(
        [.. _programs.RunAs, "/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "signal", signal, processId.ToString(CultureInfo.InvariantCulture)],
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_lifeline is { } lifeline)
            await lifeline.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(_directory, "password");
        await File.WriteAllTextAsync(passwordFile, _password, cancellationToken).ConfigureAwait(false);
        await OwnDirectoryAsync(cancellationToken).ConfigureAwait(false);
        string[] superuser = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile];
        string[] encoding = ["-E", "UTF8", "--locale=C"];
        await RunAsync(["initdb", "-D", DataDirectory, .. superuser, .. encoding, "--no-sync"], cancellationToken).ConfigureAwait(false);
        File.Delete(passwordFile);
    }

    /// <summary>Copies the data of a stopped server, whose standby this becomes.</summary>
    private async Task CopyAsync(InstalledServer primary, CancellationToken cancellationToken)
    {
        await OwnDirectoryAsync(cancellationToken).ConfigureAwait(false);
        await Command
            .RunAsync([.. _programs.RunAs, "cp", "-R", "-p", primary.DataDirectory, DataDirectory], cancellationToken)
            .ConfigureAwait(false);

        // The server opens the file for writing.
        await Command
            .RunAsync([.. _programs.RunAs, "touch", Path.Combine(DataDirectory, "standby.signal")], cancellationToken)
            .ConfigureAwait(false);
        var source = $"host=127.0.0.1 port={primary._port} user=postgres password={_password}";
        await File
            .AppendAllTextAsync(Path.Combine(DataDirectory, "postgresql.conf"), $"\nprimary_conninfo = '{source}'\n", cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The user that runs the server gets the directory, and removes it at the latest when this process dies.</summary>
    private async Task OwnDirectoryAsync(CancellationToken cancellationToken)
    {
        if (_programs.RunAs.Count > 0)
            await Command.RunAsync(["chown", "-R", "postgres", _directory], cancellationToken).ConfigureAwait(false);
        _lifeline = Lifeline.Start(_programs.RunAs, CleanUp, _programs.Path("pg_ctl"), _directory);
    }

    /// <summary>Another process may bind the port first: then the start is tried again on another port.</summary>
    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(DataDirectory, "postgresql.conf");
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePort.Find();
            var settings = ServerConfiguration.Describe(_port, _directory, _options.Settings);
            await File.AppendAllTextAsync(configuration, settings, cancellationToken).ConfigureAwait(false);
            try
            {
                await StartAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (InvalidOperationException exception)
            {
                var log = File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile, cancellationToken).ConfigureAwait(false) : "";
                if (attempt == 3 || !log.Contains("could not bind", StringComparison.Ordinal))
                    throw new InvalidOperationException($"PostgreSQL did not start: {exception.Message}\n{log}", exception);
            }
        }
    }

    private Task<string> RunAsync(string[] command, CancellationToken cancellationToken) =>
        Command.RunAsync([.. _programs.RunAs, _programs.Path(command[0]), .. command.AsSpan(1)], cancellationToken);
}
