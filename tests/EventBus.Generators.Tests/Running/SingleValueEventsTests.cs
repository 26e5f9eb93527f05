using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Strongly typed ids on the wire. The matrix has their round trips.</summary>
public sealed class SingleValueEventsTests
{
    private const string Id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private readonly IMatrixEvents _handler;
    private readonly Recorder<IMatrixEvents> _recorder;

    public SingleValueEventsTests() => (_handler, _recorder) = Recorder<IMatrixEvents>.Create();

    [Fact]
    public async Task Write_of_ids_is_plain_json()
    {
        var loopback = new Loopback<IMatrixEvents>(ValueEncoding.Json, _handler);

        Assert.Equal($"[\"guidId\",\"{Id}\"]", await WireAsync(loopback, static e => e.GuidId(new(Guid.Parse(Id)))));
        Assert.Equal("""["guidId","00000000-0000-0000-0000-000000000000"]""", await WireAsync(loopback, static e => e.GuidId(default)));
        Assert.Equal(
            $"[\"idKeys\",{{\"{Id}\":0}}]", await WireAsync(loopback, static e => e.IdKeys(new() { [new(Guid.Parse(Id))] = default })));
        Assert.Equal(
            $$"""["idMembers",{"customer":"{{Id}}","article":null,"ticket":5}]""",
            await WireAsync(loopback, static e => e.IdMembers(new(new(Guid.Parse(Id)), null, new(5)))));
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Write_of_an_id_without_a_value_fails(ValueEncoding encoding)
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IMatrixEvents>(encoding, _handler).Emitter.LateId(default));

        Assert.Contains($"An object of type '{typeof(LateId)}' does not give its value.", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.GetBaseException());
    }

    [Theory]
    [InlineData("""["textId",""]""", "value")]
    [InlineData("""["idMembers",{"customer":"7c9e6679-7425-40de-944b-e07fc1f90ae7","article":""}]""", "value.article")]
    [InlineData("""["textIdKeys",{"a":1,"":2}]""", null)]
    public async Task Read_of_an_invalid_value_fails_with_the_path(string json, string? path)
    {
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            var error = await Assert.ThrowsAsync<EventSerializationException>(
                async () => await new Loopback<IMatrixEvents>(ValueEncoding.Json, _handler).ReceiveAsync(json, encoding));

            // The message of the type's own code may contain the value.
            Assert.EndsWith($"The value is not valid for the type '{typeof(ArticleNumber)}'.", error.Message, StringComparison.Ordinal);
            Assert.IsType<ArgumentException>(error.GetBaseException());
            Assert.True(path is null || path == error.Path, error.Path);
        }
    }

    [Fact]
    public async Task Read_of_null_for_an_id_without_null_fails()
    {
        var loopback = new Loopback<IMatrixEvents>(ValueEncoding.Json, _handler);

        await Assert.ThrowsAsync<EventSerializationException>(async () => await loopback.ReceiveAsync("""["guidId",null]"""));
        await Assert.ThrowsAsync<EventSerializationException>(async () => await loopback.ReceiveAsync("""["textId",null]"""));
        await Assert.ThrowsAsync<EventSerializationException>(async () => await loopback.Emitter.TextId(null!));
        await loopback.ReceiveAsync("""["nullableTextId",null]""");
        Assert.Null(_recorder.Last.Arguments[0]);
    }

    private static async Task<string> WireAsync(Loopback<IMatrixEvents> loopback, Func<Emitter<IMatrixEvents>, ValueTask> send)
    {
        await send(loopback.Emitter);
        return loopback.Wire;
    }
}
