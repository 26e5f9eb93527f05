using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A database for one test.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly string _name = $"test_{Guid.NewGuid():N}";
    private readonly PostgresServer _server;

    private OwnDatabase(PostgresServer server)
    {
        _server = server;
        DataSource = server.CreateDataSource(builder => builder.Database = _name);
    }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Connects to it.</summary>
    public void Configure(NpgsqlConnectionStringBuilder builder) => builder.Database = _name;

    /// <summary>Executes SQL in it. In the text, <c>{database}</c> is its name.</summary>
    public async Task ExecuteInsideAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql.Replace("{database}", _name, StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<OwnDatabase> CreateAsync(PostgresServer server, string encoding = "UTF8")
    {
        var database = new OwnDatabase(server);
        await database.CreateAgainAsync(encoding);
        return database;
    }

    public Task CreateAgainAsync(string encoding = "UTF8") =>
        ExecuteAsync($"CREATE DATABASE {_name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'");

    public Task DropAsync() => ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    /// <summary>Returns the number of transactions committed in it.</summary>
    public async Task<long> CommittedAsync(PostgresServer server)
    {
        await using var source = server.CreateDataSource();
        await using var command = source.CreateCommand("SELECT xact_commit FROM pg_stat_database WHERE datname = $1");
        command.Parameters.AddWithValue(_name);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) ?? 0L);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await DropAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = _server.CreateDataSource();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
