using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>A Socket.IO server and a .NET node of this process that know each other. Dispose ends both.</summary>
internal sealed class MixedCluster : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;

    private MixedCluster(NpgsqlDataSource dataSource, Member server, IEventBus bus)
    {
        _dataSource = dataSource;
        Server = server;
        Bus = bus;
    }

    public Member Server { get; }

    public IEventBus Bus { get; }

    /// <summary>Starts both; skips the test if there is no Node.js.</summary>
    public static async Task<MixedCluster> StartAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        Assert.SkipWhen(NodeProgram.Missing is not null, NodeProgram.Missing ?? "");
        var site = new ClusterSite(postgres.ConnectionString);
        var server = await site.StartAsync(MemberKind.SocketIoServer);
        var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        var bus = await EventBusNode.StartAsync(dataSource, site.Options, cancellationToken: cancellationToken);
        await server.WhenCountsAsync(2);
        await WhenOtherIsKnownAsync(bus.Of(), cancellationToken);
        return new MixedCluster(dataSource, server, bus);
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await _dataSource.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task WhenOtherIsKnownAsync(IBusNamespace nsp, CancellationToken cancellationToken)
    {
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        nsp.NodeJoined += _ => joined.TrySetResult();
        if (await nsp.ServerCountAsync(cancellationToken) < 2)
            await joined.Task.WaitAsync(cancellationToken);
    }
}
