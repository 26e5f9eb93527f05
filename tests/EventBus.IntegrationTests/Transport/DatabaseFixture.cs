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

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
