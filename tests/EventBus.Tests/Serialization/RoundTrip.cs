using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

/// <summary>Formats values in both encodings, for the tests of formatters.</summary>
internal static class RoundTrip
{
    /// <summary>The value is written as this JSON and this MessagePack, and each is read back as an equal value.</summary>
    public static void Holds<T, TFormatter>(T value, string json, string hex)
        where TFormatter : struct, IFormatter<T>
    {
        Assert.Equal(json, Encoded.Json((ref w) => default(TFormatter).Write(ref w, value)));
        Assert.Equal(hex, Encoded.Hex((ref w) => default(TFormatter).Write(ref w, value)));
        Reads<T, TFormatter>(value, json, hex);
    }

    /// <summary>Both the JSON and the MessagePack are read as the value.</summary>
    public static void Reads<T, TFormatter>(T value, string json, string hex)
        where TFormatter : struct, IFormatter<T>
    {
        Assert.Equal(value, Encoded.FromJson(json, (ref r) => default(TFormatter).Read(ref r)));
        Assert.Equal(value, Encoded.FromHex(hex, (ref r) => default(TFormatter).Read(ref r)));
    }

    /// <summary>Neither the JSON nor the MessagePack is read; both errors have the same message and a place.</summary>
    public static void Refuses<T, TFormatter>(string json, string hex, string message)
        where TFormatter : struct, IFormatter<T>
    {
        var fromJson = Assert.Throws<EventSerializationException>(() => Encoded.FromJson(json, (ref r) => default(TFormatter).Read(ref r)));
        var fromMessagePack = Assert.Throws<EventSerializationException>(
            () => Encoded.FromHex(hex, (ref r) => default(TFormatter).Read(ref r)));
        Assert.Equal(message, fromJson.Message);
        Assert.Equal(message, fromMessagePack.Message);
        Assert.InRange(fromJson.Position, 0, json.Length);
        Assert.InRange(fromMessagePack.Position, 0, hex.Length / 2);
    }

    /// <summary>The value cannot be written in either encoding.</summary>
    public static void RefusesToWrite<T, TFormatter>(T value)
        where TFormatter : struct, IFormatter<T>
    {
        Assert.Throws<EventSerializationException>(() => Encoded.Json((ref w) => default(TFormatter).Write(ref w, value)));
        Assert.Throws<EventSerializationException>(() => Encoded.MessagePack((ref w) => default(TFormatter).Write(ref w, value)));
    }

    /// <summary>The hex of MessagePack text.</summary>
    public static string Text(string text) => Encoded.Hex((ref w) => w.WriteString(text));
}
