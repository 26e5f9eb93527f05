using EventBus.InteropTests;
using EventBus.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace EventBus.InteropTests;

/// <summary>The PostgreSQL server that all tests of this assembly share. Each test has its own channel prefix.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public string ConnectionString => _server?.ConnectionString ?? throw new InvalidOperationException("The server is not started.");

    public static string NewPrefix() => $"t{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync() =>
        _server = await PostgresServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
