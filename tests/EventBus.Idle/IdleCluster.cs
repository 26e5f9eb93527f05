using System.Globalization;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Idle;

/// <summary>Nodes that are members of a number of namespaces and do nothing.</summary>
internal sealed class IdleCluster : IAsyncDisposable
{
    private readonly List<IEventBus> _nodes = [];
    private readonly List<NpgsqlDataSource> _dataSources = [];

    /// <summary>
    /// Starts nodes, each with its own connections as in its own process. They join <c>/</c> and further namespaces up to the given number.
    /// </summary>
    public static async Task<IdleCluster> StartAsync(
        string connectionString, int nodes, int namespaces, CancellationToken cancellationToken)
    {
        var cluster = new IdleCluster();
        for (var i = 0; i < nodes; i++)
        {
            var dataSource = NpgsqlDataSource.Create(connectionString);
            cluster._dataSources.Add(dataSource);
            cluster._nodes.Add(await EventBusNode.StartAsync(dataSource, cancellationToken: cancellationToken));
        }

        await Task.WhenAll(cluster._nodes.SelectMany(node => Enumerable.Range(1, namespaces - 1)
            .Select(i => node.Of(string.Create(CultureInfo.InvariantCulture, $"/n{i}")).JoinAsync(cancellationToken).AsTask())));
        return cluster;
    }

    /// <summary>Whether every node knows all others.</summary>
    public async Task<bool> IsWholeAsync(CancellationToken cancellationToken)
    {
        foreach (var node in _nodes)
        {
            if (await node.Of().ServerCountAsync(cancellationToken) != _nodes.Count)
                return false;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var dataSource in _dataSources)
            await dataSource.DisposeAsync();
    }
}
