using EventBus.Hosting;

namespace EventBus.Tests.Hosting;

/// <summary>The option that writes events to the journal although they are not marked.</summary>
public sealed class JournalScopeTests
{
    private static readonly EventValue[] One = [1];

    [Theory]
    [InlineData(JournalScope.Marked)]
    [InlineData(JournalScope.All)]
    public async Task Publisher_journals_events_by_name_only_with_All(JournalScope scope)
    {
        var cluster = new InMemoryCluster();
        await using (var publisher = EventBusPublisher.Create(cluster, new EventBusOptions { Journal = scope }))
        {
            await publisher.Of().EmitAsync("emitted", One);
            Assert.True(publisher.Of().Post("posted", One));
            await publisher.ServerSideEmitAsync("sent", One);
        }

        Assert.Equal(scope == JournalScope.All ? ["emitted", "posted", "sent"] : [], Names(cluster));
    }

    [Theory]
    [InlineData(JournalScope.Marked)]
    [InlineData(JournalScope.All)]
    public async Task Node_journals_no_event_with_acks_and_no_local_event(JournalScope scope)
    {
        var cluster = new InMemoryCluster();
        await using (var bus = await EventBusNode.StartAsync(cluster, new EventBusOptions { Journal = scope }))
        {
            await bus.Of().All.EmitAsync("emitted", One);
            await bus.Of().All.EmitWithAckAsync("asked", One, TimeSpan.FromMilliseconds(1));
            await bus.Of().All.Local.EmitAsync("local", One);
            await bus.Of().ServerSideEmitAsync("sent", One);
        }

        Assert.Equal(scope == JournalScope.All ? ["emitted", "sent"] : [], Names(cluster));
    }

    private static IEnumerable<string> Names(InMemoryCluster cluster) =>
        cluster.Database.ReadJournal(0).Select(static item => item.Event);
}
