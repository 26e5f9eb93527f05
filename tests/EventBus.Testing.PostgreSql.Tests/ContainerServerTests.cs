namespace EventBus.Testing.Tests;

/// <summary>Needs a container engine: eng/containers.sh runs these tests, and starts one if there is none.</summary>
[Trait("Category", "Container")]
public sealed class ContainerServerTests : PrivateServerTests
{
    protected override async Task<PostgresServer> StartAsync(PostgresServerOptions options) =>
        new(await ContainerServer.CreateAsync(options, Cancellation));
}
