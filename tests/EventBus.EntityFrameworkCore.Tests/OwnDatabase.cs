using EventBus.Testing;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>A database for one test.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly string _name = $"shop_{Guid.NewGuid():N}";
    private readonly PostgresServer _server;

    private OwnDatabase(PostgresServer server)
    {
        _server = server;
        DataSource = server.CreateDataSource(builder => builder.Database = _name);
    }

    public NpgsqlDataSource DataSource { get; }

    public static async Task<OwnDatabase> CreateAsync(PostgresServer server)
    {
        var database = new OwnDatabase(server);
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    /// <summary>A further data source with other settings.</summary>
    public NpgsqlDataSource CreateDataSource(Action<NpgsqlConnectionStringBuilder> configure) => _server.CreateDataSource(builder =>
    {
        builder.Database = _name;
        configure(builder);
    });

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>The rows of a query with one column of text.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.GetString(0));
        return [.. rows];
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private async Task OnServerAsync(string sql)
    {
        await using var source = _server.CreateDataSource();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
