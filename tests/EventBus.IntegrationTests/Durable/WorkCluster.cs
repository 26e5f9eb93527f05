using EventBus.Hosting;
using EventBus.IntegrationTests.Journal;
using EventBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace EventBus.IntegrationTests.Durable;

/// <summary>A database with a journal, and hosts with a durable handler.</summary>
internal sealed class WorkCluster : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    private WorkCluster(JournalDatabase journal) => Journal = journal;

    public JournalDatabase Journal { get; }

    public WorkLog Log { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WorkCluster> CreateAsync(PostgresServer server)
    {
        var cluster = new WorkCluster(await JournalDatabase.CreateAsync(server));
        await cluster.Journal.ExecuteAsync("CREATE TABLE work (number integer)");
        return cluster;
    }

    /// <summary>Starts a host with a handler of the group <c>work</c>.</summary>
    public async Task<IHost> StartAsync(int partitions = 1, Action<DurableOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Log);
        builder.Services.AddEventBus(Journal.DataSource).AddHandler<IWorkEvents, WorkHandler>().Durable("work", partitions, options =>
        {
            options.FirstRetry = TimeSpan.FromMilliseconds(1);
            configure?.Invoke(options);
        });
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        _hosts.Add(host);
        return host;
    }

    public async Task StopAsync(IHost host)
    {
        _hosts.Remove(host);
        await host.StopAsync(Cancellation);
        host.Dispose();
    }

    /// <summary>Waits until a statement returns true.</summary>
    public async Task UntilAsync(string condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await Journal.ReadOneAsync<bool>(condition))
            await Task.Delay(20, limit.Token);
    }

    /// <summary>Emits events with these numbers; the key of each is its number mod 10.</summary>
    public async Task EmitAsync(IEnumerable<int> numbers)
    {
        await using var publisher = EventBusPublisher.Create(Journal.DataSource);
        var emitter = publisher.Emitter<IWorkEvents>();
        foreach (var number in numbers)
            await emitter.Done($"k{number % 10}", number);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.ToArray())
            await StopAsync(host);
        await Journal.DisposeAsync();
    }
}
