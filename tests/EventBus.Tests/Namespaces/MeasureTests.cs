using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBus.Hosting;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Namespaces;

public sealed class MeasureTests
{
    private const int LongestNumber = 19;

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task An_event_takes_the_bytes_that_were_measured_with_the_longest_number_and_measuring_sends_nothing()
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
    public async Task A_question_is_measured_with_its_time_and_an_event_for_nodes_without_rooms()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.StartNodeAsync("b");
        var emitter = a.Bus.Emitter<IPollEvents>();

        foreach (var (measured, send) in new (MeasuredEvent, Func<Task>)[]
        {
            (EventSize.Measure(emitter.To("r1"), to => to.Vote("tea?")), () => emitter.To("r1").Vote("tea?").AsTask()),
            (EventSize.Measure(emitter.WithTimeout(TimeSpan.FromMilliseconds(50)), to => to.Vote("tea?")), () => emitter.WithTimeout(TimeSpan.FromMilliseconds(50)).Vote("tea?").AsTask()),
            (EventSize.Measure(emitter.ServerSide, to => to.Opened("tea?")), () => emitter.ServerSide.Opened("tea?").AsTask()),
        })
        {
            _cluster.Hub.TakeNotifications();
            await _cluster.CompleteAsync(send());

            Assert.Equal(Numbered(Assert.Single(_cluster.Hub.TakeNotifications(), static text => text.Contains("tea?", StringComparison.Ordinal))), measured.Bytes);
        }
    }

    [Fact]
    public async Task What_is_binary_or_might_reach_the_threshold_is_measured_as_attached()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();
        var empty = EventSize.Measure(emitter.All, static to => to.Say("")).Bytes;

        Assert.Equal(new MeasuredEvent { Bytes = 7_999, IsAttached = false }, EventSize.Measure(emitter.All, to => to.Say(new string('x', 7_999 - empty))));
        Assert.True(EventSize.Measure(emitter.All, to => to.Say(new string('x', 8_000 - empty))).IsAttached);
        var picture = EventSize.Measure(emitter.All, static to => to.Picture(new byte[100]));
        Assert.True(picture.IsAttached);
        Assert.InRange(picture.Bytes, 200, 300);
    }

    [Fact]
    public async Task A_publisher_measures_what_it_would_send()
    {
        await using var publisher = EventBusPublisher.Create(new InMemoryCluster(), timeProvider: new TestTime());
        var emitter = publisher.Emitter<IGameEvents>();

        var here = EventSize.Measure(emitter, static to => to.Say("hi"));

        Assert.Equal("\"r1\"".Length, EventSize.Measure(emitter.To("r1"), static to => to.Say("hi")).Bytes - here.Bytes);
        Assert.InRange(here.Bytes, EventSize.Of<IGameEvents>("say").Least, 300);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_an_error()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();
        var never = new TaskCompletionSource();

        Assert.Contains("No event", Assert.Throws<InvalidOperationException>(() => EventSize.Measure(emitter, static _ => default(ValueTask))).Message, StringComparison.Ordinal);
        Assert.Contains("No event", Assert.Throws<InvalidOperationException>(() => EventSize.Measure(emitter, async to =>
        {
            await to.Say();
            await never.Task;
        })).Message, StringComparison.Ordinal);
        Assert.Contains("Two events", Assert.Throws<InvalidOperationException>(() => EventSize.Measure(emitter, static async to =>
        {
            await to.Say();
            await to.Say();
        })).Message, StringComparison.Ordinal);
        Assert.Equal("text", Assert.Throws<EventSerializationException>(() => EventSize.Measure(emitter, static to => to.Say(null!))).Path);
        Assert.Equal("text", Assert.Throws<EventSerializationException>(() => EventSize.Measure(emitter, static async to => await to.Say(null!))).Path);
        Assert.Contains("'default'", Assert.Throws<InvalidOperationException>(() => EventSize.Measure(default(BroadcastOperator<IGameEvents>), static to => to.Say())).Message, StringComparison.Ordinal);
    }

    // What the notification would take if its number were the longest.
    private static int Numbered(string notification)
    {
        using var document = JsonDocument.Parse(notification);
        var number = document.RootElement.GetProperty("eb").GetProperty("n").GetInt64();
        return Encoding.UTF8.GetByteCount(notification) - number.ToString(CultureInfo.InvariantCulture).Length + LongestNumber;
    }
}
