using System.Text;
using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Tests.CompilerServices;

/// <summary>The hash of a key is specified (decision 25): rows of the journal contain it.</summary>
public sealed class PartitionKeyTests
{
    [Theory]
    [InlineData("", 2166136261)]
    [InlineData("a", 3826002220)]
    [InlineData("foobar", 3214735720)]
    public void Of_text_is_the_hash_of_its_characters(string text, uint expected) => Assert.Equal(unchecked((int)expected), OfText(text));

    [Theory]
    [InlineData("say \"hello\"\\\n\u0001", "say \"hello\"\\\n\u0001")]
    [InlineData("Grüße 😀", "Grüße 😀")]
    [InlineData("\"", "\"")]
    public void Of_text_hashes_it_without_escapes(string text, string hashed) =>
        Assert.Equal(Reference(Encoding.UTF8.GetBytes(hashed)), OfText(text));

    [Fact]
    public void Of_text_hashes_a_lone_surrogate_as_the_replacement_character() => Assert.Equal(Reference("a\ufffd"u8), OfText("a\ud83d"));

    [Fact]
    public void Of_long_text_with_escapes_hashes_all_of_it()
    {
        var text = string.Concat(Enumerable.Repeat("a\"é", 40_000));
        Assert.Equal(Reference(Encoding.UTF8.GetBytes(text)), OfText(text));
    }

    [Fact]
    public void Of_other_values_is_the_hash_of_their_json()
    {
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal(Reference("42"u8), PartitionKey.Of<int, Int32Formatter>(42));
        Assert.Equal(Reference("true"u8), PartitionKey.Of<bool, BooleanFormatter>(true));
        Assert.Equal(Reference("00112233-4455-6677-8899-aabbccddeeff"u8), PartitionKey.Of<Guid, GuidFormatter>(id));
        Assert.Equal(Reference("170141183460469231731687303715884105727"u8), PartitionKey.Of<Int128, Int128Formatter>(Int128.MaxValue));
    }

    [Fact]
    public void Of_allocates_nothing()
    {
        const int Calls = 1000;
        OfText("warm \"up\"");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            OfText("a key with \"escapes\"");
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int OfText(string text) => PartitionKey.Of<string, StringFormatter>(text);

    // FNV-1a, as its authors give it.
    private static int Reference(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0x811c9dc5;
        foreach (var item in bytes)
            hash = (hash ^ item) * 0x01000193 % 0x1_0000_0000;
        return unchecked((int)(uint)hash);
    }
}
