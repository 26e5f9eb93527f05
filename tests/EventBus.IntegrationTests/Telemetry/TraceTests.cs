using System.Diagnostics;
using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Promises;
using EventBus.IntegrationTests.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace EventBus.IntegrationTests.Telemetry;

/// <summary>The spans of events that OpenTelemetry exports, over a real PostgreSQL.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class TraceTests(DatabaseFixture database) : TelemetryTests(database)
{
    private readonly Spans _spans = new();

    public override ValueTask DisposeAsync()
    {
        _spans.Dispose();
        return base.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Emit_is_the_parent_of_the_handlers_on_all_nodes(bool isAttached)
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.AddHandlerAsync<IStockEvents>(new StockHandler(), ["r1"], Cancellation);
        await second.AddHandlerAsync<IStockEvents>(new StockHandler(), ["r1"], Cancellation);

        ActivityContext request;
        using (var activity = Spans.Start("request"))
        {
            request = activity.Context;
            activity.TraceStateString = "vendor=1";
            await EmitAsync(first.Emitter<IStockEvents>().To("r1"), isAttached);
            Assert.Same(activity, Activity.Current);
        }

        var handled = await _spans.UntilAsync("process", 2);
        var publish = Assert.Single(_spans.Of("publish"));
        Assert.Equal((request.TraceId, request.SpanId), (publish.TraceId, publish.ParentSpanId));
        Assert.Equal((ActivityKind.Producer, $"publish {Channel}"), (publish.Kind, publish.DisplayName));
        AssertTags(publish, "send", isAttached ? "chart" : "price", typeof(IStockEvents).FullName);
        Assert.All(handled, span =>
        {
            Assert.Equal((publish.TraceId, publish.SpanId), (span.TraceId, span.ParentSpanId));
            Assert.Equal((ActivityKind.Consumer, $"process {Channel}"), (span.Kind, span.DisplayName));
            AssertTags(span, "process", isAttached ? "chart" : "price", typeof(IStockEvents).FullName);
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
        });
        Assert.Equal([false, true], handled.Select(static span => span.HasRemoteParent).Order());
        Assert.Null(handled.Single(static span => span.HasRemoteParent).TraceStateString); // it is not sent

        var receive = Assert.Single(await _spans.UntilAsync("receive", 1)); // the sender has delivered its own event
        Assert.Equal((publish.TraceId, publish.SpanId, true), (receive.TraceId, receive.ParentSpanId, receive.HasRemoteParent));
        Assert.Equal((ActivityKind.Consumer, $"receive {Channel}"), (receive.Kind, receive.DisplayName));
        AssertTags(receive, "receive", isAttached ? "chart" : "price", contract: null);
        Assert.All(_spans.All, static span => Assert.DoesNotContain(span.TagObjects, static tag => Equals(tag.Value, "r1")));
        Assert.Equal("EventBus", publish.Source.Name);
        Assert.False(string.IsNullOrEmpty(publish.Source.Version));
    }

    [Fact(Timeout = 120_000)]
    public async Task Post_and_publisher_are_parents_of_the_handlers()
    {
        await using var node = await StartAsync();
        await node.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        await using var publisher = EventBusPublisher.Create(DataSource, Options());

        await publisher.Emitter<IStockEvents>().Price(1, "awaited");
        Assert.True(publisher.Emitter<IStockEvents>().All.Post.Price(2, "posted"));
        Assert.True(node.Emitter<IStockEvents>().All.Post.Price(3, "posted here"));
        Assert.Null(Activity.Current);

        var handled = await _spans.UntilAsync("process", 3);
        var published = _spans.Of("publish");
        Assert.Equal(3, published.Length);
        Assert.All(published, static span => Assert.Equal(default, span.ParentSpanId));
        Assert.Equal(Spans(published), handled.Select(static span => (span.TraceId, span.ParentSpanId)).ToHashSet());

        static HashSet<(ActivityTraceId, ActivitySpanId)> Spans(Activity[] spans) =>
            [.. spans.Select(static span => (span.TraceId, span.SpanId))];
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Within_a_transaction_the_handlers_are_children(bool isAttached)
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        await second.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        await using var connection = await DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        ActivityContext request;
        using (var activity = Spans.Start("request"))
        {
            request = activity.Context;
            await EmitAsync(first.Emitter<IStockEvents>().Within(transaction), isAttached);
        }

        Assert.Empty(_spans.Of("process"));
        await transaction.CommitAsync(Cancellation);

        var handled = await _spans.UntilAsync("process", 2);
        var publish = Assert.Single(_spans.Of("publish"));
        Assert.Equal(request.SpanId, publish.ParentSpanId);
        Assert.All(handled, span => Assert.Equal((publish.TraceId, publish.SpanId), (span.TraceId, span.ParentSpanId)));

        // The statement of the event is on the caller's connection, and so a part of the caller's trace. Before the first attachment
        // through an address, a second one finds out the database.
        var statements = _spans.All.Where(static span => span.Source.Name == "Npgsql" && span.ParentSpanId != default).ToList();
        Assert.Equal(isAttached ? 2 : 1, statements.Count);
        Assert.All(statements, span => Assert.Equal((publish.TraceId, publish.SpanId), (span.TraceId, span.ParentSpanId)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Handlers_with_acks_are_children_and_end_before_the_emit()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.AddHandlerAsync<IPollEvents>(new Voter(), [], Cancellation);
        await second.AddHandlerAsync<IPollEvents>(new Voter(), [], Cancellation);
        second.HandleServerSide<IPollEvents>(new Voter());
        await NodeCount.UntilAsync(first.Of(), 2);

        var votes = await first.Emitter<IPollEvents>().WithTimeout(Patience).Vote("tea?");
        Assert.Equal([1, 1], votes.Responses);
        var nodes = await first.Emitter<IPollEvents>().ServerSide.WithTimeout(Patience).Vote("tea?");
        Assert.Single(nodes.Responses);
        await foreach (var photo in first.Emitter<IPollEvents>().WithTimeout(Patience).Stream.Photo(10_000))
            Assert.Equal(10_000, photo.Length);

        var handled = await _spans.UntilAsync("process", 5);
        var published = await _spans.UntilAsync("publish", 3);
        Assert.Equal([2, 1, 2], published.OrderBy(static span => span.StartTimeUtc)
            .Select(span => handled.Count(child => (child.TraceId, child.ParentSpanId) == (span.TraceId, span.SpanId))));
        Assert.All(published, static span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_of_acks_that_is_not_read_to_its_end_is_no_error()
    {
        await using var first = await StartAsync();
        var silent = new TaskCompletionSource<EventValue>();
        await first.AddHandlerAsync<IPollEvents>(new Voter(), [], Cancellation);
        await first.Of().ConnectAsync(
            new SocketOptions(), socket => socket.On("vote", _ => new ValueTask<EventValue>(silent.Task)), Cancellation);

        await foreach (var vote in first.Emitter<IPollEvents>().WithTimeout(Patience).Stream.Vote("tea?"))
        {
            Assert.Equal(1, vote);
            break;
        }

        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(await _spans.UntilAsync("publish", 1)).Status);
        silent.SetResult(2);
    }

    [Fact(Timeout = 120_000)]
    public async Task TraceRelation_Link_begins_a_trace_with_a_link()
    {
        await using var first = await StartAsync(static options => options.TraceRelation = TraceRelation.Link);
        await using var second = await StartAsync(static options => options.TraceRelation = TraceRelation.Link);
        await first.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        await second.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);

        await first.Emitter<IStockEvents>().Price(1, "");

        Activity[] consumers = [.. await _spans.UntilAsync("process", 2), .. await _spans.UntilAsync("receive", 1)];
        var publish = Assert.Single(_spans.Of("publish"));
        Assert.All(consumers, span =>
        {
            Assert.Equal(default, span.ParentSpanId);
            var link = Assert.Single(span.Links).Context;
            Assert.Equal((publish.TraceId, publish.SpanId), (link.TraceId, link.SpanId));
        });
        Assert.Equal(4, _spans.All.Where(static span => span.Source.Name == "EventBus").DistinctBy(static span => span.TraceId).Count());
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PropagateBaggage_is_opt_in(bool isPropagated)
    {
        await using var first = await StartAsync(options => options.PropagateBaggage = isPropagated);
        await using var second = await StartAsync(options => options.PropagateBaggage = isPropagated);
        await using var raw = await RawListener.ListenAsync(DataSource, Channel);
        await first.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        await second.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);

        using (var activity = Spans.Start("request"))
        {
            activity.AddBaggage("user", "ann \"the\" ünique");
            await first.Emitter<IStockEvents>().Price(1, "");
        }

        var handled = await _spans.UntilAsync("process", 2);
        Assert.All(handled, span => Assert.Equal(isPropagated ? "ann \"the\" ünique" : null, span.GetBaggageItem("user")));
        var payload = (await raw.UntilAsync("\"price\"")).Single(static text => text.Contains("\"price\"", StringComparison.Ordinal));
        Assert.Equal(isPropagated, payload.Contains(",\"b\":\"", StringComparison.Ordinal));
        Assert.EndsWith($",\"t\":\"{Assert.Single(_spans.Of("publish")).Id}\"}}}}", payload, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(EventBusDefaults.PayloadThreshold - 1, false, true)]
    [InlineData(EventBusDefaults.PayloadThreshold, false, false)]
    [InlineData(EventBusDefaults.PayloadThreshold + 61, false, false)]
    [InlineData(EventBusDefaults.PayloadThreshold + 62, true, true)]
    public async Task Emit_at_the_threshold_drops_the_trace_and_keeps_its_form(int bytesWithTrace, bool isAttached, bool hasTrace)
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var raw = await RawListener.ListenAsync(DataSource, Channel);
        await second.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        var emitter = first.Emitter<IStockEvents>();
        await emitter.Price(1, "");
        var besides = Price(await raw.UntilAsync("[\"price\",1,")).Length;
        await emitter.Price(2, new string('x', bytesWithTrace - besides));

        var handled = await _spans.UntilAsync("process", 2);
        var last = handled.Last();
        var publish = _spans.Of("publish").Last();
        Assert.Equal(hasTrace ? publish.SpanId : default, hasTrace ? last.ParentSpanId : default);
        Assert.Equal(hasTrace, last.TraceId == publish.TraceId);
        Assert.Equal(isAttached ? 1 : 0, first.Statistics.Attached);
        if (isAttached)
            return;
        var payload = Price(await raw.UntilAsync("[\"price\",2,"));
        Assert.Equal(bytesWithTrace - (hasTrace ? 0 : 62), payload.Length);
        Assert.Equal(hasTrace, payload.Contains("\"t\":", StringComparison.Ordinal));

        static string Price(string[] payloads) => payloads.Last(static text => text.Contains("\"price\"", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task Failures_of_handlers_and_emits_are_errors_of_their_spans()
    {
        await using var node = await StartAsync();
        await node.AddHandlerAsync<IStockEvents>(new Failing(), [], Cancellation);
        await node.Emitter<IStockEvents>().Price(1, "");
        var handled = Assert.Single(await _spans.UntilAsync("process", 1));
        Assert.Equal((ActivityStatusCode.Error, "failed by the test"), (handled.Status, handled.StatusDescription));
        Assert.Equal(typeof(NotSupportedException).FullName, handled.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(handled.Events).Name);

        await using var connection = await DataSource.OpenConnectionAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await transaction.DisposeAsync();
        await Assert.ThrowsAsync<EventNotSentException>(async () => await node.Emitter<IStockEvents>().Within(transaction).Price(2, ""));
        var failed = (await _spans.UntilAsync("publish", 2)).Last();
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal(typeof(EventNotSentException).FullName, failed.GetTagItem("error.type"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Listener_that_throws_costs_no_event(bool atStart)
    {
        var reported = 0;
        await using var node = await EventBusNode.StartAsync(
            new InMemoryCluster(),
            new EventBusOptions { ErrorHandler = _ => Interlocked.Increment(ref reported) },
            cancellationToken: Cancellation);
        var handler = new StockHandler();
        await node.AddHandlerAsync<IStockEvents>(handler, [], Cancellation);
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "EventBus",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _ => Throw(atStart),
            ActivityStopped = _ => Throw(!atStart),
        };
        ActivitySource.AddActivityListener(listener);

        await node.Emitter<IStockEvents>().Price(1, "");
        Assert.True(node.Emitter<IStockEvents>().All.Post.Price(2, ""));
        Assert.Null(Activity.Current);
        await handler.UntilCountAsync(2);
        Assert.Equal([1, 2], handler.Numbers);
        Assert.True(Volatile.Read(ref reported) >= 2);

        static void Throw(bool condition)
        {
            if (condition)
                throw new InvalidOperationException("thrown by the test");
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Listener_that_ends_an_activity_and_begins_another_changes_nothing_for_the_caller()
    {
        await using var node = await EventBusNode.StartAsync(new InMemoryCluster(), cancellationToken: Cancellation);
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "EventBus",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = static activity =>
            {
                activity.Stop();
                new Activity("left").Start();
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var caller = Spans.Start("request");
        Assert.True(node.Emitter<IStockEvents>().All.Post.Price(1, ""));
        Assert.Same(caller, Activity.Current);
    }

    [Fact(Timeout = 120_000)]
    public async Task Event_without_a_trace_begins_one_when_it_is_received()
    {
        await using var node = await StartAsync();
        await node.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        const string peer = """
            {"type":3,"data":{"packet":{"type":2,"data":["price",1,""]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"emitter"}
            """;
        await using var notify = DataSource.CreateCommand("SELECT pg_notify($1, $2)");
        notify.Parameters.AddWithValue(Channel);
        notify.Parameters.AddWithValue(peer);
        await notify.ExecuteNonQueryAsync(Cancellation);

        var handled = Assert.Single(await _spans.UntilAsync("process", 1));
        var receive = Assert.Single(await _spans.UntilAsync("receive", 1));
        Assert.Equal(default, receive.ParentSpanId);
        Assert.Equal((receive.TraceId, receive.SpanId), (handled.TraceId, handled.ParentSpanId));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(SlowSocketPolicy.DropNewest, new[] { 1, 2, 3 })]
    [InlineData(SlowSocketPolicy.DropOldest, new[] { 1, 5, 6 })]
    [InlineData(SlowSocketPolicy.Disconnect, new[] { 1 })]
    public async Task Dropped_event_is_an_error_beside_its_handler(SlowSocketPolicy policy, int[] handled)
    {
        const int dropped = 3; // One waits among the events of any size, and one in the overflow.
        await using var node = await StartAsync(static options => (options.SocketQueueEvents, options.SocketOverflowBytes) = (1, 1));
        var (numbers, release) = (new List<EventValue>(), new TaskCompletionSource());
        var began = new TaskCompletionSource();
        await node.Of().ConnectAsync(
            new SocketOptions { SlowSocketPolicy = policy },
            socket => socket.On("number", async arguments =>
            {
                numbers.Add(arguments[0]);
                began.TrySetResult();
                await release.Task;
            }),
            Cancellation);
        await node.Of().All.EmitAsync("number", new EventValue[] { 1 }, Cancellation);
        await began.Task.WaitAsync(Patience, Cancellation);
        for (var number = 2; number <= 6; number++)
            await node.Of().All.EmitAsync("number", new EventValue[] { number }, Cancellation);
        release.SetResult();

        var spans = await _spans.UntilAsync("process", handled.Length + dropped);
        var errors = Array.FindAll(spans, static span => span.Status == ActivityStatusCode.Error);
        Assert.Equal(handled.Select(static number => (EventValue)number), numbers);
        Assert.Equal(dropped, errors.Length);
        var published = _spans.Of("publish").Select(static span => span.SpanId).ToHashSet();
        Assert.All(errors, span =>
        {
            Assert.Equal(("queue_full", "number"), (span.GetTagItem("error.type"), span.GetTagItem("eventbus.event")));
            Assert.Contains(span.ParentSpanId, published);
        });
    }

    [Fact(Timeout = 120_000)]
    public async Task Event_that_cannot_be_decoded_is_an_error_beneath_its_receipt()
    {
        await using var node = await StartAsync();
        await node.AddHandlerAsync<IStockEvents>(new StockHandler(), [], Cancellation);
        const string peer = """
            {"type":3,"data":{"packet":{"type":2,"data":["price","one",""]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"emitter"}
            """;
        await using var notify = DataSource.CreateCommand("SELECT pg_notify($1, $2)");
        notify.Parameters.AddWithValue(Channel);
        notify.Parameters.AddWithValue(peer);
        await notify.ExecuteNonQueryAsync(Cancellation);

        var receive = Assert.Single(await _spans.UntilAsync("receive", 1));
        var failed = Assert.Single(await _spans.UntilAsync("process", 1));
        Assert.Equal((receive.TraceId, receive.SpanId), (failed.TraceId, failed.ParentSpanId));
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal(typeof(EventSerializationException).FullName, failed.GetTagItem("error.type"));
        Assert.Equal("price", failed.GetTagItem("eventbus.event"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Wait_of_a_handler_for_the_start_of_its_host_is_in_no_span()
    {
        await using var node = await StartAsync();
        var there = new StockHandler();
        await node.AddHandlerAsync<IStockEvents>(there, [], Cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<LateService>().AddSingleton(there);
        builder.Services.AddHostedService(static services => services.GetRequiredService<LateService>());
        builder.Services
            .AddEventBus(
                DataSource, options => (options.ChannelPrefix, options.TableName) = (Options().ChannelPrefix, Options().TableName))
            .AddHandler<IStockEvents, Silent>();
        using var host = builder.Build();
        await host.StartAsync(Cancellation);

        var handled = await _spans.UntilAsync("process", 4);
        var started = host.Services.GetRequiredService<LateService>().Started;
        Assert.Equal([false, false, true, true], handled.Select(span => span.StartTimeUtc >= started).Order());
        await host.StopAsync(Cancellation);
    }

    private void AssertTags(Activity span, string type, string eventName, string? contract)
    {
        Assert.Equal("postgresql", span.GetTagItem("messaging.system"));
        Assert.Equal(type, span.GetTagItem("messaging.operation.type"));
        Assert.Equal(Channel, span.GetTagItem("messaging.destination.name"));
        Assert.Equal(eventName, span.GetTagItem("eventbus.event"));
        Assert.Equal(contract, span.GetTagItem("eventbus.contract"));
    }

    private static ValueTask EmitAsync<TTarget>(TTarget target, bool isAttached)
        where TTarget : struct, IEventTarget<IStockEvents>
        => isAttached ? target.Chart(1, new byte[10]) : target.Price(1, "");

    /// <summary>Its start sends events, and ends when another node has handled them.</summary>
    internal sealed class LateService(IEventBus bus, StockHandler there) : IHostedService
    {
        public DateTime Started { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await bus.Emitter<IStockEvents>().Price(1, "", cancellationToken);
            await bus.Emitter<IStockEvents>().Price(2, "", cancellationToken);
            await there.UntilCountAsync(2);
            Started = DateTime.UtcNow;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal sealed class Silent : IStockEvents
    {
        public void Price(int number, string text)
        {
        }

        public ValueTask Chart(int number, ReadOnlyMemory<byte> image) => ValueTask.CompletedTask;
    }

    private sealed class Voter : IPollEvents
    {
        public ValueTask<int> Vote(string question) => new(1);

        public ValueTask<ReadOnlyMemory<byte>> Photo(int bytes) => new(new byte[bytes]);
    }

    private sealed class Failing : IStockEvents
    {
        public void Price(int number, string text) => throw new NotSupportedException("failed by the test");

        public ValueTask Chart(int number, ReadOnlyMemory<byte> image) => ValueTask.CompletedTask;
    }
}
