using System.Collections.Concurrent;
using System.Text.Json;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>Nodes on one hub with a manual clock.</summary>
internal sealed class TestCluster
{
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan RequestsTimeout = TimeSpan.FromSeconds(3);

    public Hub Hub { get; } = new();

    public TestTime Time { get; } = new();

    /// <summary>The number of started nodes; each has one timer.</summary>
    public int RunningNodes { get; private set; }

    public TestNode CreateNode(string uid, bool redactHandshakes = false, bool allowRemoteManagement = true)
    {
        var (logger, reported) = (new RecordingLogger(), new ConcurrentQueue<Exception>());
        var diagnostics = new BusDiagnostics(logger, reported.Enqueue, time: Time);
        var transport = Hub.CreateTransport();
        var options = new EventBusOptions
        {
            Uid = uid,
            HeartbeatInterval = HeartbeatInterval,
            HeartbeatTimeout = HeartbeatTimeout,
            RequestsTimeout = RequestsTimeout,
            RedactHandshakes = redactHandshakes,
            AllowRemoteManagement = allowRemoteManagement,
            SocketQueueEvents = 1000,
            SocketOverflowBytes = 1_000_000,
        };
        var node = new ClusterNode(transport, source: $"source-{uid}", options, Time, diagnostics);
        var bus = new Bus(node, options.SocketQueueEvents, diagnostics, () => ValueTask.CompletedTask);
        return new TestNode(node, diagnostics, bus, transport, logger, reported);
    }

    public async Task<TestNode> StartNodeAsync(string uid, bool redactHandshakes = false, bool allowRemoteManagement = true)
    {
        var node = CreateNode(uid, redactHandshakes, allowRemoteManagement);
        await CompleteAsync(node.Bus.StartAsync(TestContext.Current.CancellationToken));
        RunningNodes++;
        return node;
    }

    /// <summary>Joins a namespace with each node.</summary>
    public async Task JoinAsync(string busNamespace, params TestNode[] nodes)
    {
        foreach (var node in nodes)
            await CompleteAsync(node.Bus.Of(busNamespace).JoinAsync().AsTask());
    }

    /// <summary>Advances the clock until the task has completed. For tasks that wait for time only.</summary>
    public async Task CompleteAsync(Task task)
    {
        for (var steps = 0; !task.IsCompleted; steps++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));

            // The continuations run on the thread pool: on a busy machine the clock must not run far ahead of them.
            await Task.Delay(TimeSpan.FromMilliseconds(steps < 20 ? 1 : 10), TimeProvider.System);
        }

        await task;
    }

    /// <summary>Advances the clock as it runs: a timer that sets itself again fires each time, and not once at the end.</summary>
    public void AdvanceInSteps(TimeSpan by)
    {
        for (var step = TimeSpan.FromMilliseconds(50); by > TimeSpan.Zero; by -= step)
            Time.Advance(step);
    }

    /// <summary>The id of the last request.</summary>
    public string LastRequestId()
    {
        using var document = JsonDocument.Parse(Hub.TakeNotifications()[^1]);
        return document.RootElement.GetProperty("data").GetProperty("requestId").GetString()!;
    }

    /// <summary>The notifications since the last call, as (uid, type, namespace).</summary>
    public (string Uid, int Type, string Namespace)[] TakeNotifications()
    {
        var taken = Hub.TakeNotifications().Select(text =>
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return (root.GetProperty("uid").GetString()!, root.GetProperty("type").GetInt32(), root.GetProperty("nsp").GetString()!);
        });
        return [.. taken];
    }
}
