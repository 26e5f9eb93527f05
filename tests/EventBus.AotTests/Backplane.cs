using EventBus.Hosting;
using Npgsql;

namespace EventBus.AotTests;

/// <summary>A cluster, in memory or over PostgreSQL.</summary>
/// <param name="StartNodeAsync">Starts a node.</param>
/// <param name="CreatePublisher">Creates a publisher.</param>
/// <param name="DataSource">The database; null: the cluster is in memory and has no transactions.</param>
internal sealed record Backplane(
    Func<EventBusOptions, Task<IEventBus>> StartNodeAsync,
    Func<EventBusOptions, EventBusPublisher> CreatePublisher,
    NpgsqlDataSource? DataSource)
{
    public static Backplane InMemory()
    {
        var cluster = new InMemoryCluster();
        return new Backplane(
            options => EventBusNode.StartAsync(cluster, options), options => EventBusPublisher.Create(cluster, options), DataSource: null);
    }

    public static Backplane Over(NpgsqlDataSource dataSource, string channelPrefix)
    {
        return new Backplane(
            options => EventBusNode.StartAsync(dataSource, InCluster(options)),
            options => EventBusPublisher.Create(dataSource, InCluster(options)),
            dataSource);

        EventBusOptions InCluster(EventBusOptions options)
        {
            options.ChannelPrefix = channelPrefix;
            return options;
        }
    }
}
