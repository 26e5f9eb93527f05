using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>A database for one test, with a journal.</summary>
internal sealed class JournalDatabase : IAsyncDisposable
{
    private readonly OwnDatabase _database;

    private JournalDatabase(OwnDatabase database) => _database = database;

    public NpgsqlDataSource DataSource => _database.DataSource;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<JournalDatabase> CreateAsync(PostgresServer server, EventBusOptions? options = null)
    {
        var result = new JournalDatabase(await OwnDatabase.CreateAsync(server));
        await result.ExecuteAsync(JournalTables.CreateSql(options));
        return result;
    }

    /// <inheritdoc cref="OwnDatabase.Configure"/>
    public void Configure(NpgsqlConnectionStringBuilder builder) => _database.Configure(builder);

    /// <inheritdoc cref="OwnDatabase.ExecuteInsideAsync"/>
    public Task ExecuteAsync(string sql) => _database.ExecuteInsideAsync(sql);

    /// <summary>Reads the first column of all rows.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql)
    {
        List<T> values = [];
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            values.Add(await reader.GetFieldValueAsync<T>(0, Cancellation));
        return values;
    }

    /// <summary>Reads one value.</summary>
    public async Task<T> ReadOneAsync<T>(string sql) => Assert.Single(await ReadAsync<T>(sql));

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
