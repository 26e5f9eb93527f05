using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class ProvidedEventsTests
{
    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Context_and_token_reach_the_handler_and_are_not_sent(ValueEncoding encoding)
    {
        var (handler, recorder) = Recorder<IProvidedEvents>.Create();
        using var stopping = new CancellationTokenSource();
        using var sending = new CancellationTokenSource();
        var loopback = new Loopback<IProvidedEvents>(encoding, handler) { Stop = stopping.Token };

        await loopback.Emitter.To("r1").Said("ann", "hello", sending.Token);

        Assert.Equal(encoding == ValueEncoding.Json ? """["said","ann","hello"]""" : "93A473616964A3616E6EA568656C6C6F", loopback.Wire);
        Assert.Equal(sending.Token, loopback.CancellationToken);
        Assert.Equal(
            ["ann", "hello", stopping.Token], [recorder.Last.Arguments[0], recorder.Last.Arguments[2], recorder.Last.Arguments[3]]);
        var context = Assert.IsType<EventContext>(recorder.Last.Arguments[1]);
        Assert.Equal((Loopback<IProvidedEvents>.Sender, "/", 7), (context.Sender, context.Namespace, context.Sequence));
    }

    [Fact]
    public async Task Event_with_provided_parameters_only_sends_its_name()
    {
        var (handler, recorder) = Recorder<IProvidedEvents>.Create();
        using var stopping = new CancellationTokenSource();
        var loopback = new Loopback<IProvidedEvents>(ValueEncoding.Json, handler) { Stop = stopping.Token };

        await loopback.Emitter.Stopped(target: TestContext.Current.CancellationToken);

        Assert.Equal("""["stopped"]""", loopback.Wire);
        Assert.Equal([stopping.Token], recorder.Last.Arguments);
    }

    [Fact]
    public async Task Receive_without_optional_arguments_uses_defaults()
    {
        var (handler, recorder) = Recorder<IProvidedEvents>.Create();

        await new Loopback<IProvidedEvents>(ValueEncoding.Json, handler).ReceiveAsync("""["said","ann"]""");

        Assert.Equal(["ann", "hi"], recorder.Last.Arguments.OfType<string>());
    }

    /// <summary>The size is that of the envelope, the name and two arguments.</summary>
    [Fact]
    public void Size_ignores_provided_parameters()
    {
        Assert.Equal(
            EventSize.Of<IChatEvents>("idle!").Least - "/chat".Length - "idle!".Length,
            EventSize.Of<IProvidedEvents>("stopped").Least - "/".Length - "stopped".Length);
        Assert.Equal(
            EventSize.Of<IPollEvents>("vote").Least - "vote".Length,
            EventSize.Of<IProvidedEvents>("counted").Least - "counted".Length + "\"\",".Length);
    }
}
