using System.Globalization;
using System.Net;
using System.Text;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class TextFormatterTests
{
    private static readonly Guid AGuid = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void String_is_text()
    {
        RoundTrip.Holds<string, StringFormatter>("é\n", "\"é\\n\"", "a3c3a90a");
        RoundTrip.Refuses<string, StringFormatter>("null", "c0", "Expected text, found null.");
        RoundTrip.RefusesToWrite<string, StringFormatter>(null!);
    }

    [Fact]
    public void Char_is_text()
    {
        RoundTrip.Holds<char, CharFormatter>('€', "\"€\"", "a3e282ac");
        RoundTrip.Holds<char, CharFormatter>('"', "\"\\\"\"", "a122");
        Assert.Equal("\"\ufffd\"", Encoded.Json((ref w) => default(CharFormatter).Write(ref w, '\ud800')));
        Assert.Equal('\ufffd', Encoded.FromJson("\"\\ud800\"", (ref r) => default(CharFormatter).Read(ref r)));
        foreach (var text in new[] { "", "ab", "😀" })
            RoundTrip.Refuses<char, CharFormatter>($"\"{text}\"", RoundTrip.Text(text), "The text is not a single character.");
    }

    [Fact]
    public void Guid_is_text_in_form_D()
    {
        const string Text = "00112233-4455-6677-8899-aabbccddeeff";
        RoundTrip.Holds<Guid, GuidFormatter>(AGuid, $"\"{Text}\"", RoundTrip.Text(Text));
        RoundTrip.Reads<Guid, GuidFormatter>(AGuid, $"\"{Text.ToUpperInvariant()}\"", RoundTrip.Text(Text.ToUpperInvariant()));
        foreach (var text in new[] { "", Text[1..], Text + "0", $"{{{Text}}}", "00112233445566778899aabbccddeeff" })
        {
            RoundTrip.Refuses<Guid, GuidFormatter>(
                $"\"{text}\"", RoundTrip.Text(text), "The text is not a Guid like 00000000-0000-0000-0000-000000000000.");
        }
    }

    [Fact]
    public void Uri_is_its_original_text()
    {
        foreach (var text in new[] { "https://example.org/é?q=1#f", "a/b", "", "urn:x" })
            RoundTrip.Holds<Uri, UriFormatter>(new Uri(text, UriKind.RelativeOrAbsolute), $"\"{text}\"", RoundTrip.Text(text));
        RoundTrip.Refuses<Uri, UriFormatter>("\"http://[\"", RoundTrip.Text("http://["), "The text is not a URI.");
        RoundTrip.RefusesToWrite<Uri, UriFormatter>(null!);
    }

    [Fact]
    public void Version_is_text()
    {
        foreach (var text in new[] { "1.2", "1.2.3", "1.2.3.2147483647" })
            RoundTrip.Holds<Version, VersionFormatter>(new Version(text), $"\"{text}\"", RoundTrip.Text(text));
        foreach (var text in new[] { "", "1", "1.x", new string('1', 100) })
            RoundTrip.Refuses<Version, VersionFormatter>(
                $"\"{text}\"", RoundTrip.Text(text), "The text is not a version like 1.0 or 1.0.0.0.");
        RoundTrip.RefusesToWrite<Version, VersionFormatter>(null!);
    }

    [Fact]
    public void Text_that_is_too_long_is_rejected_as_a_whole()
    {
        var text = "1.2" + new string(' ', 61) + "x";
        RoundTrip.Refuses<Version, VersionFormatter>(
            $"\"{text}\"", RoundTrip.Text(text), "The text is not a version like 1.0 or 1.0.0.0.");
    }

    [Fact]
    public void Rune_is_text()
    {
        RoundTrip.Holds<Rune, RuneFormatter>(new Rune('a'), "\"a\"", "a161");
        RoundTrip.Holds<Rune, RuneFormatter>(new Rune(0x1F600), "\"😀\"", "a4f09f9880");
        RoundTrip.Holds<Rune, RuneFormatter>(new Rune('"'), "\"\\\"\"", "a122");
        RoundTrip.Holds<Rune, RuneFormatter>(default, "\"\\u0000\"", "a100");
        foreach (var text in new[] { "", "ab", "e\u0301" })
            RoundTrip.Refuses<Rune, RuneFormatter>($"\"{text}\"", RoundTrip.Text(text), "The text is not a single Unicode scalar value.");
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1%7")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("ffff:ffff:ffff:ffff:0:5efe:255.255.255.255%4294967295")]
    public void IPAddress_is_text(string text) =>
        RoundTrip.Holds<IPAddress, IPAddressFormatter>(IPAddress.Parse(text), $"\"{text}\"", RoundTrip.Text(text));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData(" 127.0.0.1")]
    [InlineData("192.0.2.1:80")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("::1/64")]
    [InlineData("fe80::1%lo")]
    [InlineData("fe80::1%nowhere")]
    [InlineData("fe80::1%")]
    [InlineData("fe80::1%+1")]
    [InlineData("fe80::1% 1")]
    [InlineData("fe80::1%4294967296")]
    [InlineData("fe80::1%99999999999")]
    [InlineData("fe80::1%1/64")]
    [InlineData("192.0.2.1%1")]
    [InlineData("::1 ")]
    [InlineData("localhost")]
    public void IPAddress_other_text_is_rejected(string text)
    {
        RoundTrip.Refuses<IPAddress, IPAddressFormatter>(
            $"\"{text}\"", RoundTrip.Text(text), "The text is not an IP address like 192.0.2.1 or 2001:db8::1.");
        RoundTrip.RefusesToWrite<IPAddress, IPAddressFormatter>(null!);
    }

    [Fact]
    public void IPAddress_reads_other_forms_of_IPv6() => RoundTrip.Reads<IPAddress, IPAddressFormatter>(
        IPAddress.Parse("2001:db8::a"), "\"2001:0DB8:0:0:0:0:0:A\"", RoundTrip.Text("2001:0DB8:0:0:0:0:0:A"));

    [Fact]
    public void Culture_is_its_name()
    {
        var czech = CultureInfo.GetCultureInfo("cs-CZ");

        RoundTrip.Holds<CultureInfo, CultureInfoFormatter>(CultureInfo.InvariantCulture, "\"\"", "a0");
        Assert.Equal("\"cs-CZ\"", Encoded.Json((ref w) => default(CultureInfoFormatter).Write(ref w, czech)));
        Assert.Equal(RoundTrip.Text("cs-CZ"), Encoded.Hex((ref w) => default(CultureInfoFormatter).Write(ref w, czech)));
        Assert.Equal("{\"cs-CZ\":1}", Encoded.Json((ref w) =>
        {
            w.BeginMap(1);
            default(CultureInfoFormatter).WriteKey(ref w, czech);
            w.WriteInteger(1);
            w.EndMap();
        }));
        foreach (var name in new[] { "cs-CZ", "zh-CN", "sr-Latn-RS", "en-US-POSIX", "es-419" })
            Assert.Same(CultureInfo.GetCultureInfo(name), CultureNames.FindPlain(name, 0));
        RoundTrip.RefusesToWrite<CultureInfo, CultureInfoFormatter>(null!);
    }

    [Theory]
    [InlineData("no culture")]
    [InlineData("en-US-u-xx-a")]
    [InlineData("en-US-t-xx")]
    [InlineData("x-forged")]
    [InlineData("cs-CZ\0a")]
    [InlineData("cs-CZ@a=b")]
    [InlineData("cs_CZ")]
    [InlineData("cs-")]
    [InlineData("-CZ")]
    [InlineData("č-CZ")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Culture_forged_name_is_rejected_before_the_framework_sees_it(string name)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(name);

        RoundTrip.Refuses<CultureInfo, CultureInfoFormatter>(
            json, RoundTrip.Text(name), "The text is not the name of a culture that this system has.");
        var error = Assert.Throws<EventSerializationException>(() => CultureNames.FindPlain(name, 7));
        Assert.Equal(7, error.Position);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public void Culture_made_up_name_is_rejected_if_the_system_finds_any()
    {
        Assert.Equal("aa-bb", CultureInfo.GetCultureInfo("aa-bb", predefinedOnly: true).Name, ignoreCase: true);

        RoundTrip.Refuses<CultureInfo, CultureInfoFormatter>(
            "\"aa-bb\"", RoundTrip.Text("aa-bb"), "The text is not the name of a culture that this system has.");
    }

    [Fact]
    public void Culture_with_an_extension_cannot_be_written() =>
        RoundTrip.RefusesToWrite<CultureInfo, CultureInfoFormatter>(CultureInfo.GetCultureInfo("en-US-u-xx-a"));

    [Fact]
    public void Binary_has_no_JSON()
    {
        Holds<byte[], ByteArrayFormatter>([1, 2], bytes => bytes);
        Holds<Memory<byte>, MemoryFormatter>(new byte[] { 1, 2 }, bytes => bytes.ToArray());
        Holds<ReadOnlyMemory<byte>, ReadOnlyMemoryFormatter>(new byte[] { 1, 2 }, bytes => bytes.ToArray());
        Holds<System.Collections.Immutable.ImmutableArray<byte>, ImmutableByteArrayFormatter>([1, 2], bytes => [.. bytes]);
        RoundTrip.RefusesToWrite<byte[], ByteArrayFormatter>(null!);
        RoundTrip.RefusesToWrite<System.Collections.Immutable.ImmutableArray<byte>, ImmutableByteArrayFormatter>(default);

        static void Holds<T, TFormatter>(T value, Func<T, byte[]> bytesOf)
            where TFormatter : struct, IFormatter<T>
        {
            Assert.Equal("c4020102", Encoded.Hex((ref w) => default(TFormatter).Write(ref w, value)));
            Assert.Equal([1, 2], bytesOf(Encoded.FromHex("c4020102", (ref r) => default(TFormatter).Read(ref r))));
            Assert.True(MeetsBinary(value));
            RoundTrip.Refuses<T, TFormatter>("\"AQI=\"", RoundTrip.Text("AQI="), "Expected binary, found text.");

            static bool MeetsBinary(T value)
            {
                var met = false;
                Encoded.Json((ref w) =>
                {
                    default(TFormatter).Write(ref w, value);
                    met = w.MetBinary;
                });
                return met;
            }
        }
    }
}
