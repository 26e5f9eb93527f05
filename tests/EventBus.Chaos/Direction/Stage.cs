using System.Security.Cryptography;
using EventBus.Chaos.Truth;
using EventBus.Testing;
using Npgsql;

namespace EventBus.Chaos.Direction;

/// <summary>A private server with the processes of one scenario, each behind a proxy of its own, and an observer.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<Child> _children = [];

    private Stage(PostgresServer server, string name)
    {
        (Server, Name) = (server, name);
        Control = server.CreateDataSource(static builder => (builder.Pooling, builder.Timeout) = (false, 5));
        Observer = new Observer(server.ConnectionString, $"{name}#{EventBusDefaults.Namespace}");
    }

    public PostgresServer Server { get; }

    /// <summary>The channel prefix and the table of the scenario.</summary>
    public string Name { get; }

    /// <summary>Connections of the director, past the proxies.</summary>
    public NpgsqlDataSource Control { get; }

    public Observer Observer { get; }

    public IReadOnlyList<Child> Children => _children;

    public int ServerPort => new NpgsqlConnectionStringBuilder(Server.ConnectionString).Port;

    public static async Task<Stage> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var server = await PostgresServer.StartAsync(
            new() { MustBePrivate = true, Settings = settings ?? new Dictionary<string, string>() });
        var stage = new Stage(server, $"chaos_{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        await stage.Observer.ListenAsync();
        return stage;
    }

    /// <summary>Starts a process. Its first command has the connection string, the channel prefix, the table, and these fields.</summary>
    public Task<Child> AddAsync(string name, string role, params IEnumerable<(string Name, int Value)> fields) =>
        AddAsync(name, role, ServerPort, fields);

    /// <summary>Starts a process that connects through something else than the server, such as a pooler.</summary>
    public async Task<Child> AddAsync(string name, string role, int port, params IEnumerable<(string Name, int Value)> fields)
    {
        var child = new Child(name, role, port);
        _children.Add(child);
        await child.StartAsync(this, fields);
        return child;
    }

    /// <summary>Starts a standby of the server. The caller disposes it.</summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var standby = await Server.StartStandbyAsync();
        await Observer.ListenAsync(); // The server was stopped for the copy.
        return standby;
    }

    public async Task<object?> ExecuteAsync(string sql, params object[] arguments)
    {
        await using var command = Control.CreateCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.AddWithValue(argument);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Stops the server, or lets it crash, and starts it again. The observer listens before any process can connect.</summary>
    /// <returns>The moment from which processes could connect.</returns>
    public async Task<double> RestartAsync(Func<Task> restart)
    {
        foreach (var child in _children)
            child.Proxy.IsRefusing = true;
        await restart();
        while (!await TryObserveAsync())
        {
            // The crash that was just caused came after the connect.
        }

        foreach (var child in _children)
            child.Proxy.IsRefusing = false;
        return Clock.Milliseconds;
    }

    private async Task<bool> TryObserveAsync()
    {
        await UntilReachableAsync();
        try
        {
            await Observer.ListenAsync();
            return true;
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            return false;
        }
    }

    /// <summary>Kills one backend, as the out-of-memory killer does: the server ends all others, and recovers.</summary>
    public async Task CrashAsync()
    {
        await using var connection = await Control.OpenConnectionAsync();
        await Signals.SendAsync("KILL", connection.ProcessID);
    }

    /// <returns>The moment at which a plain connect succeeded.</returns>
    public async Task<double> UntilReachableAsync()
    {
        while (true)
        {
            try
            {
                await using var connection = await Control.OpenConnectionAsync();
                return Clock.Milliseconds;
            }
            catch (NpgsqlException)
            {
                await Clock.DelayAsync(0.02);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _children)
            await child.DisposeAsync();
        await Observer.DisposeAsync();
        await Control.DisposeAsync();
        await Server.DisposeAsync();
    }

    public override string ToString() => $"{Name}: {_children.Count} processes";
}
