using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>A database of one test with the attachment table and the function that emits.</summary>
internal sealed class EmitDatabase : IAsyncDisposable
{
    private readonly OwnDatabase _database;

    private EmitDatabase(OwnDatabase database) => _database = database;

    public NpgsqlDataSource DataSource => _database.DataSource;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EmitDatabase> CreateAsync(PostgresServer server, EventBusOptions? options = null)
    {
        var result = new EmitDatabase(await OwnDatabase.CreateAsync(server));
        await result.ExecuteAsync(AttachmentTable.CreateSql());
        await result.ExecuteAsync(EmitFunction.CreateSql(options));
        return result;
    }

    /// <summary>Returns a data source whose login is this role.</summary>
    public NpgsqlDataSource As(PostgresServer server, OwnRole role)
    {
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        return server.CreateDataSource(builder =>
        {
            _database.Configure(builder);
            (builder.Username, builder.Password) = (login, login);
        });
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task<T> ScalarAsync<T>(string sql, params object?[] parameters)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter ?? DBNull.Value });
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Runs one SELECT of the function with these arguments of the call.</summary>
    public Task EmitAsync(string call) => ExecuteAsync($"SELECT eventbus.emit({call})");

    /// <summary>Runs one SELECT of the function with these arguments of the call, which PostgreSQL rejects.</summary>
    public Task<PostgresException> RejectAsync(string call) => Assert.ThrowsAsync<PostgresException>(() => EmitAsync(call));

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
