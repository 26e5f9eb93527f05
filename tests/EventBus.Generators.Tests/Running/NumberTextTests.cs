using System.Text.Json;
using System.Text.Json.Serialization;
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

    [Theory]
    [InlineData(0.1, "0.1", "0.1")]
    [InlineData(-0.0, "-0", "-0")]
    [InlineData(1e21, "1e+21", "1E+21")]
    [InlineData(-1.5e-5, "-0.000015", "-1.5E-05")]
    [InlineData(5e-324, "5e-324", "5E-324")]
    [InlineData(double.NaN, "NaN", "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity", "-Infinity")]
    public async Task Text_of_a_float_is_read_by_System_Text_Json_and_the_reverse(double value, string text, string theirs)
    {
        var (handler, recorder) = Recorder<IMatrixEvents>.Create();
        var loopback = new Loopback<IMatrixEvents>(ValueEncoding.Json, handler);
        var sent = new NumberTexts(1, 2, 3, value, 4, (Half)5);

        await loopback.Emitter.NumberTexts(sent);
        var json = loopback.Wire["[\"numberTexts\",".Length..^1];
        Assert.Contains($"\"ratio\":\"{text}\"", json, StringComparison.Ordinal);
        Assert.Equal(sent, JsonSerializer.Deserialize<NumberTexts>(json, JsonSerializerOptions.Web));

        json = JsonSerializer.Serialize(sent, JsonSerializerOptions.Web);
        Assert.Contains($"\"ratio\":\"{theirs}\"", json, StringComparison.Ordinal);
        await loopback.ReceiveAsync($"[\"numberTexts\",{json}]");
        Assert.Equal(sent, recorder.Last.Arguments[0]);
    }

    [Fact]
    public async Task Text_of_a_half_is_that_of_the_float_of_its_value()
    {
        var (handler, recorder) = Recorder<IMatrixEvents>.Create();
        var loopback = new Loopback<IMatrixEvents>(ValueEncoding.Json, handler);
        var sent = new NumberTexts(1, 2, 3, 2.0, 4, (Half)0.1);

        await loopback.Emitter.NumberTexts(sent);

        Assert.EndsWith("\"ratio\":\"2\",\"share\":\"4\",\"part\":\"0.099975586\"}]", loopback.Wire, StringComparison.Ordinal);
        Assert.Equal(sent, recorder.Last.Arguments[0]);
        Assert.EndsWith("\"part\":\"0.1\"}", JsonSerializer.Serialize(sent, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [Fact]
    public void Attribute_of_a_base_class_has_no_effect_in_System_Text_Json_either() =>
        Assert.Equal("""{"Id":1}""", JsonSerializer.Serialize(new Derived { Id = 1 }));

    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    private class Root
    {
        public int Id { get; set; }
    }

    private sealed class Derived : Root;
}
