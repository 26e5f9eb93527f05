using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class SpecialContractsTests
{
    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Inherited_events_are_sent_by_the_derived_contract(ValueEncoding encoding)
    {
        var (handler, recorder) = Recorder<IDiamondEvents>.Create();
        var emitter = new Loopback<IDiamondEvents>(encoding, handler).Emitter;

        await emitter.Bottom(1);
        Assert.Equal(("Bottom", 1), (recorder.Last.Event, recorder.Last.Arguments[0]));
        await emitter.To("r1").Left("l");
        Assert.Equal(("Left", "l"), (recorder.Last.Event, recorder.Last.Arguments[0]));
        await emitter.Right();
        Assert.Equal("Right", recorder.Last.Event);
        await emitter.Root(new Order(Guid.Empty, "inherited") { Lines = [], Customer = null });
        Assert.Equal("inherited", Assert.IsType<Order>(Assert.Single(recorder.Last.Arguments)).Note);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Parameters_and_events_with_odd_names_are_received(ValueEncoding encoding)
    {
        var (handler, recorder) = Recorder<INameEvents>.Create();
        var emitter = new Loopback<INameEvents>(encoding, handler).Emitter;

        await emitter.Parameters(1, "2", @class: 3, value: 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, System: 14);
        Assert.Equal([1, "2", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], recorder.Last.Arguments);
        await emitter.Register(15);
        Assert.Equal([15], recorder.Last.Arguments);
        await emitter.@event(@event: 16);
        Assert.Equal([16], recorder.Last.Arguments);
        await emitter.Twice();
        await emitter.TwiceEvent();
        Assert.Equal("TwiceEvent", recorder.Last.Event);
        await emitter.Twice(17);
        Assert.Equal([17], recorder.Last.Arguments);
        var locals = new Locals(1, 2, 3, 4, 5, 6, 7, 8, true) { Event = 10 };
        await emitter.Locals(locals);
        Assert.Equal([locals], recorder.Last.Arguments);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Events_with_many_parameters_are_received(ValueEncoding encoding)
    {
        var (handler, recorder) = Recorder<INameEvents>.Create();
        var loopback = new Loopback<INameEvents>(encoding, handler);

        await loopback.Emitter.Seven(1, 2, 3, 4, 5, 6, 7);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], recorder.Last.Arguments);
        await loopback.Emitter.Eight(1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], recorder.Last.Arguments);
        await loopback.Emitter.Many(1, 2, 3, 4, 5, "six", "seven", "eight", 90, 100, 110, 120, 130, 140, "fifteen", 160, "seventeen");
        Assert.Equal(
            [1, 2, 3, 4, 5, "six", "seven", "eight", 90, 100, 110, 120, 130, 140, "fifteen", 160, "seventeen"], recorder.Last.Arguments);

        // Null is a value of g and q only. For other parameters it stands for the default, as a missing argument does.
        await loopback.ReceiveAsync("""["many",1,2,3,4,5,null,null,null,null,0]""", encoding);
        Assert.Equal([1, 2, 3, 4, 5, "f", null, "h", 9, 0, 11, 12, 13, 14, "o", 16, "q"], recorder.Last.Arguments);

        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await loopback.ReceiveAsync("""["many",1,2,3,4,5,"","","",9,10,11,12,13,14,"",true]""", encoding));
        Assert.Equal("p", error.Path);
    }

    [Fact]
    public async Task Nested_and_global_contracts_are_received()
    {
        var (nested, nestedRecorder) = Recorder<Outer.INestedEvents>.Create();
        await new Loopback<Outer.INestedEvents>(ValueEncoding.Json, nested).Emitter.Ping(new Outer.Payload(1));
        Assert.Equal([new Outer.Payload(1)], nestedRecorder.Last.Arguments);

        var (global, globalRecorder) = Recorder<IGlobalEvents>.Create();
        await new Loopback<IGlobalEvents>(ValueEncoding.Json, global).Emitter.Ping(new GlobalPayload(2));
        Assert.Equal([new GlobalPayload(2)], globalRecorder.Last.Arguments);
    }

    [Fact]
    public async Task Unannotated_contract_accepts_null_everywhere()
    {
        var (handler, recorder) = Recorder<IObliviousEvents>.Create();
        var loopback = new Loopback<IObliviousEvents>(ValueEncoding.Json, handler);

        await loopback.Emitter.Ping(null, [null], new ObliviousPayload());
        Assert.Equal("""["ping",null,[null],{"text":null,"map":null},null]""", loopback.Wire);
        Assert.Equal([null], Assert.IsType<List<string?>>(recorder.Last.Arguments[1]));

        await loopback.ReceiveAsync("""["ping",null,null,null]""");
        Assert.Equal([null, null, null, null], recorder.Last.Arguments);
    }
}
