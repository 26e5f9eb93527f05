using EventBus.Testing;
using Npgsql;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A role for one test, without any privilege.</summary>
internal sealed class OwnRole : IAsyncDisposable
{
    private readonly string _name = $"role_{Guid.NewGuid():N}";
    private readonly PostgresServer _server;

    private OwnRole(PostgresServer server)
    {
        _server = server;
        DataSource = server.CreateDataSource(builder => (builder.Username, builder.Password) = (_name, _name));
    }

    public NpgsqlDataSource DataSource { get; }

    public static async Task<OwnRole> CreateAsync(PostgresServer server)
    {
        var role = new OwnRole(server);
        await ExecuteAsync(server, $"CREATE ROLE {role._name} LOGIN PASSWORD '{role._name}'");
        return role;
    }

    public Task GrantAsync(PostgresServer server, string what) => ExecuteAsync(server, $"GRANT {what} TO {_name}");

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await ExecuteAsync(_server, $"DROP OWNED BY {_name}");
        await ExecuteAsync(_server, $"DROP ROLE {_name}");
    }

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using var source = server.CreateDataSource();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
