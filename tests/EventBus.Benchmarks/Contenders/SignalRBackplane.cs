using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A SignalR server with the Redis backplane, without HTTP: the part that sends to a group of all servers.</summary>
internal sealed class SignalRBackplane : IAsyncDisposable
{
    public const string Event = "ping";

    private readonly ServiceProvider _services;

    public SignalRBackplane()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalR().AddStackExchangeRedis(Servers.Redis);
        _services = services.BuildServiceProvider();
        Hub = _services.GetRequiredService<HubLifetimeManager<BenchmarkHub>>();
    }

    public HubLifetimeManager<BenchmarkHub> Hub { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal sealed class BenchmarkHub : Hub;
}
