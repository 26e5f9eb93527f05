using System.Text.Json;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class NumberTextTests
{
    private readonly IMemberEvents _handler;
    private readonly Recorder<IMemberEvents> _recorder;

    public NumberTextTests() => (_handler, _recorder) = Recorder<IMemberEvents>.Create();

    [Fact]
    public async Task Write_is_that_of_System_Text_Json()
    {
        var loopback = new Loopback<IMatrixEvents>(ValueEncoding.Json, Recorder<IMatrixEvents>.Create().Handler);
        var value = new NumberTexts(long.MinValue, ulong.MaxValue, 3, double.NaN, float.PositiveInfinity, (Half)(-0.5));

        await loopback.Emitter.NumberTexts(value);

        Assert.Equal($"[\"numberTexts\",{JsonSerializer.Serialize(value, JsonSerializerOptions.Web)}]", loopback.Wire);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Attribute_of_a_member_concerns_all_numbers_in_it(ValueEncoding encoding)
    {
        var loopback = new Loopback<IMemberEvents>(encoding, _handler);

        await loopback.Emitter.Numbers(
            new LenientNumbers { Id = 1, Parts = new() { ["a"] = [(2, 0.5), (3, null)] }, Others = { 4 }, Filled = { 5 } });

        if (encoding == ValueEncoding.Json)
        {
            Assert.Equal(
                """["numbers",{"id":1,"parts":{"a":[["2","0.5"],["3",null]]},"others":[4],"filled":["5"]}]""", loopback.Wire);
        }

        var read = Assert.IsType<LenientNumbers>(_recorder.Last.Arguments[0]);
        Assert.Equal([(2, 0.5), (3, null)], read.Parts!["a"]);
        Assert.Equal((1, 4, 5), (read.Id, Assert.Single(read.Others), Assert.Single(read.Filled)));
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Read_takes_text_and_numbers(ValueEncoding encoding)
    {
        var loopback = new Loopback<IMemberEvents>(encoding, _handler);

        await loopback.ReceiveAsync("""["numbers",{"id":"1","parts":{"a":[[2,0.5],["3","0.25"]]},"filled":[5,"6"]}]""", encoding);

        var read = Assert.IsType<LenientNumbers>(_recorder.Last.Arguments[0]);
        Assert.Equal([(2, 0.5), (3, 0.25)], read.Parts!["a"]);
        Assert.Equal(1, read.Id);
        Assert.Equal([5, 6], read.Filled);
    }

    [Theory]
    [InlineData("""["numbers",{"id":"one"}]""", "The text is not an integer.")]
    [InlineData("""["numbers",{"id":"2147483648"}]""", "The number is not an integer between -2147483648 and 2147483647.")]
    [InlineData("""["numbers",{"others":["1"]}]""", "Expected an integer, found text.")]
    [InlineData("""["numbers",{"parts":{"a":[[1,"1e400"]]}}]""", "The text is not a number within the range of the type Double.")]
    public async Task Read_rejects_other_text(string data, string message)
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IMemberEvents>(ValueEncoding.Json, _handler).ReceiveAsync(data));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
