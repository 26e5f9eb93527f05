using System.Globalization;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Hosting;
using EventBus.Tests.Testing;
using EventBus.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Tests.Cluster;

/// <summary>Nodes whose settings contradict each other: the same uid, or other attachment tables.</summary>
public sealed class ConflictTests
{
    private const string Beat = """{"type":2,"uid":"a","nsp":"/","eb":{"s":"source of a twin","n":0}}""";

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task A_second_node_with_the_uid_is_reported_once_and_degrades_the_health()
    {
        var a = await _cluster.StartNodeAsync("a");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(a.Bus)).Status);
        for (var i = 0; i < 10; i++)
            _cluster.Hub.Notify(Beat);

        var conflict = Assert.Single(a.Reported.OfType<ClusterConflictException>());
        Assert.Contains("'a'", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(1, a.Logger.Count(312));
        Assert.Equal((10L, true), (a.Bus.Statistics.UidConflicts, a.Bus.Statistics.HasUidConflict));
        var health = await CheckAsync(a.Bus);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.EndsWith("another node has the uid of this node.", health.Description, StringComparison.Ordinal);
        Assert.Equal(10L, health.Data["uidConflicts"]);
    }

    [Fact]
    public async Task Health_recovers_a_minute_after_the_last_message_of_a_twin()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify(Beat);
        _cluster.AdvanceInSteps(TimeSpan.FromSeconds(61));
        Assert.Equal((1L, false), (a.Bus.Statistics.UidConflicts, a.Bus.Statistics.HasUidConflict));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(a.Bus)).Status);

        _cluster.Hub.Notify(Beat);
        Assert.Equal(2, a.Reported.OfType<ClusterConflictException>().Count());
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(a.Bus)).Status);
    }

    [Fact]
    public async Task A_source_of_which_no_attachment_can_be_read_is_reported_with_the_cause()
    {
        var a = await _cluster.StartNodeAsync("a");
        var receiver = (ITransportReceiver)a.Node;
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal(i > UnreadableSources.Suspicious ? 1 : 0, a.Logger.Count(340));
            receiver.OnAttachmentLost(new LostAttachment(i.ToString(CultureInfo.InvariantCulture), "stranger", "/"));
        }

        var conflict = Assert.Single(a.Reported.OfType<ClusterConflictException>());
        Assert.Contains("stranger", conflict.Message, StringComparison.Ordinal);
        Assert.Contains(EventBusDefaults.TableName, conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_of_which_an_attachment_was_read_is_not_suspected()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (_, inbox) = await a.ConnectAsync();
        await b.Bus.Of().All.EmitAsync("photo", new EventValue[] { new byte[] { 1 } });
        await inbox.NextAsync();
        Lose("source-b");
        Assert.Equal(0, a.Logger.Count(340));

        // An inline event proves nothing.
        var c = await _cluster.StartNodeAsync("c");
        await c.Bus.Of().All.EmitAsync("text");
        await inbox.NextAsync();
        Lose("source-c");
        Assert.Equal(1, a.Logger.Count(340));

        void Lose(string source)
        {
            for (var i = 0; i < UnreadableSources.Suspicious; i++)
                ((ITransportReceiver)a.Node).OnAttachmentLost(new LostAttachment("1", source, "/"));
        }
    }

    [Fact]
    public void Sources_are_bounded()
    {
        var logger = new RecordingLogger();
        var sources = new UnreadableSources("t", new BusDiagnostics(logger, errorHandler: null));
        for (var i = 0; i < 10 * UnreadableSources.MaxSources; i++)
            sources.Lost(i.ToString(CultureInfo.InvariantCulture));
        Assert.InRange(sources.Count, 1, UnreadableSources.MaxSources);
        for (var i = 0; i < UnreadableSources.Suspicious; i++)
            sources.Lost("real");
        Assert.Equal(1, logger.Count(340));
    }

    private static Task<HealthCheckResult> CheckAsync(IEventBus bus)
    {
        var check = new EventBusHealthCheck(bus);
        var registration = new HealthCheckRegistration("eventbus", check, HealthStatus.Unhealthy, tags: null);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, TestContext.Current.CancellationToken);
    }
}
