using EventBus.EntityFrameworkCore.Tests;
using EventBus.Testing;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>The server of all tests. Each test has a database of its own in it.</summary>
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
