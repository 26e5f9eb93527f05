using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Enums whose members have names for the wire.</summary>
public sealed class NamedEnumTests
{
    private readonly IMoodEvents _handler;
    private readonly Recorder<IMoodEvents> _recorder;

    public NamedEnumTests() => (_handler, _recorder) = Recorder<IMoodEvents>.Create();

    [Theory]
    [InlineData(Mood.Middling, Tones.High, """["felt","so-so","hi"]""")]
    [InlineData(Mood.Cheerful, Tones.None, """["felt","glücklich","-"]""")]
    [InlineData(Mood.Sad, Tones.High | Tones.Low, """["felt","Sad",3]""")]
    [InlineData((Mood)9, (Tones)8, """["felt",9,8]""")]
    public async Task Write_uses_the_first_name_or_the_number(Mood mood, Tones tones, string wire)
    {
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            var loopback = new Loopback<IMoodEvents>(encoding, _handler);
            await loopback.Emitter.Felt(mood, tones);

            Assert.Equal([mood, tones], _recorder.Last.Arguments);
            if (encoding == ValueEncoding.Json)
                Assert.Equal(wire, loopback.Wire);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Write_keys_use_the_names(ValueEncoding encoding)
    {
        var loopback = new Loopback<IMoodEvents>(encoding, _handler);
        var moods = new Dictionary<Mood, int> { [Mood.Middling] = 1, [Mood.Happy] = 2, [Mood.Sad] = 3, [(Mood)9] = 4 };
        var tones = new Dictionary<Tones, bool> { [Tones.High | Tones.Low] = true };

        await loopback.Emitter.Counted(moods, tones);

        Assert.Equal(moods, _recorder.Last.Arguments[0]);
        Assert.Equal(tones, _recorder.Last.Arguments[1]);
        if (encoding == ValueEncoding.Json)
            Assert.Equal("""["counted",{"so-so":1,"glücklich":2,"Sad":3,"9":4},{"3":true}]""", loopback.Wire);
    }

    /// <summary>Peers with an older contract write the C# names and the C# form of flags.</summary>
    [Theory]
    [InlineData("""["felt","cheerful","lo"]""", Mood.Happy, Tones.Low)]
    [InlineData("""["felt","middling","High, Low"]""", Mood.Middling, Tones.High | Tones.Low)]
    [InlineData("""["felt",-1,"1"]""", Mood.Sad, Tones.High)]
    public async Task Read_accepts_declared_and_CSharp_names(string json, Mood mood, Tones tones)
    {
        await new Loopback<IMoodEvents>(ValueEncoding.Json, _handler).ReceiveAsync(json);

        Assert.Equal([mood, tones], _recorder.Last.Arguments);
    }

    [Fact]
    public async Task Read_unknown_name_throws() => Assert.Contains(
        "at 'mood': The text is not a name of the enum Mood.",
        (await Assert.ThrowsAsync<EventSerializationException>(
            () => new Loopback<IMoodEvents>(ValueEncoding.Json, _handler).ReceiveAsync("""["felt","SO-SO"]""").AsTask())).Message,
        StringComparison.Ordinal);

    /// <summary>
    /// "Sad" is five bytes with its quotes, 0 or null the shortest of the flags; "glücklich" is twelve, "hi", "lo" and null four.
    /// </summary>
    [Fact]
    public void Size_counts_the_names()
    {
        var (felt, said) = (EventSize.Of<IMoodEvents>("felt"), EventSize.Of<IProvidedEvents>("stopped"));
        var envelope = said.Least - "stopped".Length + "felt".Length;

        Assert.Equal(envelope + ",\"Sad\",0".Length, felt.Least);
        Assert.Equal(said.Greatest - "stopped".Length + "felt".Length + ",\"glücklich\"".Length + 1 + ",null".Length, felt.Greatest);
    }
}
