using EventBus.DocsTests;
using EventBus.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace EventBus.DocsTests;

/// <summary>A database of this run alone: the code of the pages uses default names of channels and tables.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _database = $"docs_{Guid.NewGuid():N}";
    private PostgresServer? _server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = _database }.ConnectionString;

    private PostgresServer Server => _server ?? throw new InvalidOperationException("The server is not started.");

    public NpgsqlDataSource CreateDataSource() => NpgsqlDataSource.Create(ConnectionString);

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await ExecuteAsync($"CREATE DATABASE {_database} ENCODING 'UTF8' TEMPLATE template0");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        if (!_server.IsPrivate)
            await ExecuteAsync($"DROP DATABASE {_database} WITH (FORCE)");
        await _server.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var dataSource = Server.CreateDataSource();
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
