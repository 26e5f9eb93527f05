using System.Net;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class FormatterEventsTests
{
    private readonly IFormatterEvents _handler;
    private static readonly IPEndPoint Four = new(IPAddress.Loopback, 4);
    private static readonly IPEndPoint Six = new(IPAddress.IPv6Loopback, 6);

    private readonly Recorder<IFormatterEvents> _recorder;

    public FormatterEventsTests() => (_handler, _recorder) = Recorder<IFormatterEvents>.Create();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_uses_custom_formatters(ValueEncoding encoding)
    {
        var emitter = new Loopback<IFormatterEvents>(encoding, _handler).Emitter;

        await emitter.Paid(new Money(1.50m, "EUR"), null, [new Money(2, "USD")]);
        Assert.Equal([new Money(1.50m, "EUR"), null], _recorder.Last.Arguments[..2]);
        Assert.Equal([new Money(2, "USD")], Assert.IsAssignableFrom<IReadOnlyList<Money>>(_recorder.Last.Arguments[2]));
        await emitter.Signed(255, null);
        Assert.Equal([255L, null], _recorder.Last.Arguments);
        await emitter.Stamped(new Stamp(16) { Check = 17 });
        Assert.Equal([new Stamp(16) { Check = 17 }], _recorder.Last.Arguments);
        var others = new Dictionary<string, IPEndPoint?> { ["a"] = Four, ["b"] = null };
        await emitter.Connected(Four, null, new Peer(Six, others));
        Assert.Equal([Four, null], _recorder.Last.Arguments[..2]);
        var peer = Assert.IsType<Peer>(_recorder.Last.Arguments[2]);
        Assert.Equal(Six, peer.Address);
        Assert.Equal(others, peer.Others);
    }

    [Fact]
    public async Task Write_uses_the_form_of_the_custom_formatter()
    {
        var loopback = new Loopback<IFormatterEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Paid(new Money(1.50m, "EUR"), null, [new Money(2, "USD")]);
        Assert.Equal("""["paid","1.50 EUR",null,["2 USD"]]""", loopback.Wire);
        await loopback.Emitter.Signed(255, 16);
        Assert.Equal("""["signed","ff","10"]""", loopback.Wire);
        await loopback.Emitter.Stamped(new Stamp(16) { Check = 17 });
        Assert.Equal("""["stamped",{"id":"10","check":"11"}]""", loopback.Wire);
        await loopback.Emitter.Connected(Four, null, new Peer(Six, new Dictionary<string, IPEndPoint?>()));
        Assert.Equal("""["connected","127.0.0.1:4",null,{"address":"[::1]:6","others":{}}]""", loopback.Wire);
    }

    [Fact]
    public async Task Read_error_of_a_custom_formatter_has_a_path()
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IFormatterEvents>(ValueEncoding.Json, _handler).ReceiveAsync(
                """["paid","1 EUR",null,["1 EUR","dear"]]"""));

        Assert.Equal("The event 'paid' cannot be read at 'all[1]': The text is not an amount of money.", error.Message);
    }

    [Fact]
    public async Task Read_error_of_a_formatter_of_the_assembly_has_a_path()
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IFormatterEvents>(ValueEncoding.Json, _handler).ReceiveAsync(
                """["connected","[::1]:6",null,{"address":"[::1]:6","others":{"a":"near"}}]"""));

        Assert.Equal("The event 'connected' cannot be read at 'peer.others.a': The text is not an address with a port.", error.Message);
    }
}
