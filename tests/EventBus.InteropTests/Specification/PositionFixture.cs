using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification;

/// <summary>The cluster of one position. The first scenario starts it, and a scenario after a failure starts it again.</summary>
public sealed class PositionFixture(PostgresFixture postgres) : IAsyncDisposable
{
    private ClusterSite? _site;
    private Member[] _members = [];

    /// <summary>Starts the cluster if it does not run.</summary>
    internal async Task StartAsync(Position position)
    {
        if (_site is not null)
            return;
        var site = new ClusterSite(postgres.ConnectionString);
        _members = await Task.WhenAll(position.Kinds.Select(kind => site.StartAsync(kind)));
        await Task.WhenAll(_members.Where(static member => member.Kind.IsNode()).Select(node => node.WhenCountsAsync(position.Nodes)));
        _site = site;
    }

    internal async Task PlayAsync(Scenario scenario, Position position)
    {
        await using var stage = new Stage(_site!, position, _members, scenario.Declaration.Disturbs);
        try
        {
            await scenario.PlayAsync(stage);
            await stage.VerifyAsync();
            await stage.ClearAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _site = null;
        await Task.WhenAll(_members.Select(static member => member.DisposeAsync().AsTask()));
        _members = [];
    }
}
