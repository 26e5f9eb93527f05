using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBus.Hosting;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class MeasureTests
{
    private const int LongestNumber = 19;

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Measure_equals_the_bytes_with_the_longest_number_and_sends_nothing()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, inbox) = await a.ConnectAsync(["r1"]);
        var target = a.Bus.Emitter<IGameEvents>().To("r1", "räum").Except("muted").Compress(false);
        _cluster.Hub.TakeNotifications();

        var measured = EventSize.Measure(target, to => to.Score("änn \"1\"", 3));
        var waited = EventSize.Measure(target, async to => await to.Score("änn \"1\"", 3));

        Assert.False(measured.IsAttached);
        Assert.Equal(measured, waited);
        Assert.Empty(_cluster.Hub.TakeNotifications());

        await target.Score("änn \"1\"", 3);
        Assert.Equal(Numbered(_cluster.Hub.TakeNotifications()[^1]), measured.Bytes);
        await inbox.NextAsync();
        Assert.Equal(0, inbox.Count);
    }

    [Fact]
    public async Task Measure_covers_requests_timeouts_and_server_side_events()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.StartNodeAsync("b");
        var emitter = a.Bus.Emitter<IPollEvents>();
        var soon = emitter.WithTimeout(TimeSpan.FromMilliseconds(50));

        foreach (var (measured, send) in new (MeasuredEvent, Func<Task>)[]
        {
            (EventSize.Measure(emitter.To("r1"), to => to.Vote("tea?")), () => emitter.To("r1").Vote("tea?").AsTask()),
            (EventSize.Measure(soon, to => to.Vote("tea?")), () => soon.Vote("tea?").AsTask()),
            (EventSize.Measure(emitter.ServerSide, to => to.Opened("tea?")), () => emitter.ServerSide.Opened("tea?").AsTask()),
        })
        {
            _cluster.Hub.TakeNotifications();
            await _cluster.CompleteAsync(send());

            var sent = _cluster.Hub.TakeNotifications().Where(static text => text.Contains("tea?", StringComparison.Ordinal));
            Assert.Equal(Numbered(Assert.Single(sent)), measured.Bytes);
        }
    }

    [Fact]
    public async Task Measure_reports_binary_and_large_events_as_attached()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();
        var empty = EventSize.Measure(emitter.All, static to => to.Say("")).Bytes;

        Assert.Equal(new MeasuredEvent { Bytes = 7_999, IsAttached = false }, MeasureText(7_999 - empty));
        Assert.True(MeasureText(8_000 - empty).IsAttached);
        var picture = EventSize.Measure(emitter.All, static to => to.Picture(new byte[100]));
        Assert.True(picture.IsAttached);
        Assert.InRange(picture.Bytes, 200, 300);

        MeasuredEvent MeasureText(int length) => EventSize.Measure(emitter.All, to => to.Say(new string('x', length)));
    }

    [Fact]
    public async Task Measure_and_emit_reject_a_number_only_if_it_would_be_attached()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IStateEvents>();
        var state = JsonElement.Parse("""{"a":[2.50,18446744073709551616]}""");
        _cluster.Hub.TakeNotifications();

        var measured = EventSize.Measure(emitter, to => to.Changed(state, ""));
        await emitter.Changed(state, "");

        var sent = _cluster.Hub.TakeNotifications()[^1];
        Assert.Contains("""["changed",{"a":[2.50,18446744073709551616]},""]""", sent, StringComparison.Ordinal);
        Assert.Equal(new MeasuredEvent { Bytes = Numbered(sent), IsAttached = false }, measured);
        var fits = new string('x', 7_999 - measured.Bytes);
        Assert.False(EventSize.Measure(emitter, to => to.Changed(state, fits)).IsAttached);
        AssertRejected(Assert.Throws<EventSerializationException>(
            () => EventSize.Measure(emitter, to => to.Changed(state, $"{fits}x"))));
        AssertRejected(await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Changed(state, $"{fits}x")));

        static void AssertRejected(EventSerializationException error)
        {
            Assert.Equal("state.a[1]", error.Path);
            Assert.Contains("cannot be attached. Send the number as text or as a decimal.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Untyped_handler_receives_the_numbers_of_parsed_JSON()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (_, inbox) = await b.ConnectAsync(["r1"]);

        await a.Bus.Emitter<IStateEvents>().Changed(JsonElement.Parse("[2.50,18446744073709551616,18446744073709551615]"), "");

        Assert.Contains("[2.5,1.8446744073709552E+19,18446744073709551615]", await inbox.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measure_and_emit_reject_a_number_beyond_a_double()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IStateEvents>();
        var state = JsonElement.Parse("""{"a":[1e400]}""");
        _cluster.Hub.TakeNotifications();

        AssertRejected(Assert.Throws<EventSerializationException>(() => EventSize.Measure(emitter, to => to.Changed(state, ""))));
        AssertRejected(await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Changed(state, "")));
        Assert.Empty(_cluster.Hub.TakeNotifications());

        static void AssertRejected(EventSerializationException error)
        {
            Assert.Equal("state.a[0]", error.Path);
            Assert.EndsWith("The number is not within the range of a double. Send it as text.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Emit_names_the_error_of_JSON_before_a_number_that_cannot_be_attached()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IStateEvents>();

        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await emitter.Changed(JsonElement.Parse("[18446744073709551616]"), null!));

        Assert.Equal("note", error.Path);
        Assert.DoesNotContain("attached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measure_works_for_publishers()
    {
        await using var publisher = EventBusPublisher.Create(new InMemoryCluster(), timeProvider: new TestTime());
        var emitter = publisher.Emitter<IGameEvents>();

        var here = EventSize.Measure(emitter, static to => to.Say("hi"));

        Assert.Equal("\"r1\"".Length, EventSize.Measure(emitter.To("r1"), static to => to.Say("hi")).Bytes - here.Bytes);
        Assert.InRange(here.Bytes, EventSize.Of<IGameEvents>("say").Least, 300);
    }

    [Fact]
    public async Task Measure_throws_unless_exactly_one_valid_event_is_sent()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();
        var never = new TaskCompletionSource();

        AssertThrows("No event", () => EventSize.Measure(emitter, static _ => default(ValueTask)));
        AssertThrows("No event", () => EventSize.Measure(emitter, async to =>
        {
            await to.Say();
            await never.Task;
        }));
        AssertThrows("Two events", () => EventSize.Measure(emitter, static async to =>
        {
            await to.Say();
            await to.Say();
        }));
        AssertThrows("'default'", () => EventSize.Measure(default(BroadcastOperator<IGameEvents>), static to => to.Say()));
        AssertUnwritable(() => EventSize.Measure(emitter, static to => to.Say(null!)));
        AssertUnwritable(() => EventSize.Measure(emitter, static async to => await to.Say(null!)));

        static void AssertThrows(string message, Func<object?> measure) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(measure).Message, StringComparison.Ordinal);

        static void AssertUnwritable(Func<object?> measure) =>
            Assert.Equal("text", Assert.Throws<EventSerializationException>(measure).Path);
    }

    // The bytes of the notification if its number were the longest one.
    private static int Numbered(string notification)
    {
        using var document = JsonDocument.Parse(notification);
        var number = document.RootElement.GetProperty("eb").GetProperty("n").GetInt64();
        return Encoding.UTF8.GetByteCount(notification) - number.ToString(CultureInfo.InvariantCulture).Length + LongestNumber;
    }
}
