using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace EventBus.IntegrationTests.Transport;

/// <summary>The server shared by all tests that do not stop it.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public PostgresServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();

        // From PostgreSQL 15 on, only the owner of the database may create tables in this schema. Tests of privileges rely on that.
        await using var source = _server.CreateDataSource();
        await using var command = source.CreateCommand("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
