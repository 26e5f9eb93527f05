using System.Buffers;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// The trace of a received event, <c>"b":"baggage","t":"traceparent"</c> at the end of EventBus's own key. Its bytes are borrowed from the
/// message, and are not checked until somebody listens.
/// </summary>
/// <param name="Parent">The context of the activity that sent it; empty: none.</param>
/// <param name="Baggage">The baggage of that activity; empty: none.</param>
internal readonly record struct WireTrace(ReadOnlyMemory<byte> Parent, ReadOnlyMemory<byte> Baggage)
{
    /// <summary>Reads a part. If it is no text, it is skipped: a forged trace must not cost an event.</summary>
    /// <param name="part">The part.</param>
    /// <param name="reader">A reader at its value.</param>
    /// <param name="bytes">The bytes of the reader, from its beginning.</param>
    /// <returns>The trace with this part.</returns>
    public WireTrace Read<TReader>(WireKey part, ref TReader reader, ReadOnlyMemory<byte> bytes)
        where TReader : IValueReader, allows ref struct
    {
        if (reader.Kind is not ValueKind.String)
        {
            reader.Skip();
            return this;
        }

        var text = WireValues.Borrow(reader.ReadUtf8(), bytes);
        return part is WireKey.TraceParent ? this with { Parent = text } : this with { Baggage = text };
    }
}

/// <summary>Writes the trace of an event behind its number or unique id, so that a message can be completed without it.</summary>
internal static class TraceTail
{
    /// <summary>The bytes of the context in JSON, with its key.</summary>
    public const int ParentBytes = 7 + TraceText.ParentLength;

    private const int MaxTextHeader = 5; // of MessagePack
    private const int KeyBytes = 2;
    private const int ClosingBytes = 2;

    private static readonly SearchValues<byte> ParentCharacters = SearchValues.Create("0123456789abcdef-"u8);

    private static ReadOnlySpan<byte> ParentInJson => ",\"t\":\""u8;

    private static ReadOnlySpan<byte> BaggageInJson => ",\"b\":\""u8;

    /// <summary>The number of keys that it takes in a map.</summary>
    public static int Keys(SentTrace? trace) => (trace?.Parent is null ? 0 : 1) + (trace?.Baggage is null ? 0 : 1);

    /// <summary>The most bytes that it takes, in either form.</summary>
    public static int MaxBytes(SentTrace? trace) =>
        LengthOf(trace?.Parent, MaxTextHeader + KeyBytes) + LengthOf(trace?.Baggage, MaxTextHeader + KeyBytes);

    /// <summary>
    /// Inserts the trace before the closing brackets of a notification. If the notification would reach the threshold, it is left out:
    /// first the baggage, then all.
    /// </summary>
    public static void WriteJson(PooledBuffer buffer, SentTrace trace, int threshold)
    {
        var room = threshold - 1 - buffer.Length - LengthOf(trace.Parent, ParentInJson.Length + 1);
        if (room < LengthOf(trace.Baggage, BaggageInJson.Length + 1))
            trace.Drop(baggageOnly: room >= 0);
        if (Keys(trace) == 0)
            return;
        buffer.RemoveLast(ClosingBytes);
        WriteJson(buffer, BaggageInJson, trace.Baggage);
        WriteJson(buffer, ParentInJson, trace.Parent);
        buffer.Write("}}"u8);
    }

    /// <summary>Writes the keys of the trace, which <see cref="Keys"/> has counted, at the end of their map.</summary>
    public static void WriteMessagePack(PooledBuffer buffer, SentTrace trace)
    {
        var writer = new MessagePackValueWriter(buffer);
        if (trace.Baggage is not null)
        {
            writer.WriteKey(WireKeys.Baggage);
            writer.WriteString(trace.Baggage);
        }

        if (trace.Parent is not null)
        {
            writer.WriteKey(WireKeys.TraceParent);
            writer.WriteString(trace.Parent);
        }
    }

    /// <summary>Removes a context from the end of a notification that ends in front of its closing brackets.</summary>
    /// <param name="text">The notification without the brackets.</param>
    /// <returns>Whether there was one that consists of the usual characters.</returns>
    public static bool TryRemoveParent(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < ParentBytes || text[^1] != '"')
            return false;
        var tail = text[^ParentBytes..];
        if (!tail.StartsWith(ParentInJson) || tail[ParentInJson.Length..^1].ContainsAnyExcept(ParentCharacters))
            return false;
        text = text[..^ParentBytes];
        return true;
    }

    /// <summary>Returns the trace of a notification from whose end <see cref="TryRemoveParent"/> has removed the context.</summary>
    public static WireTrace Of(ReadOnlyMemory<byte> notification) =>
        new(notification[^(TraceText.ParentLength + 1 + ClosingBytes)..^(1 + ClosingBytes)], Baggage: default);

    /// <summary>Removes a trace from the end of a notification of this bus, without its closing brackets.</summary>
    public static ReadOnlySpan<char> Remove(ReadOnlySpan<char> text)
    {
        text = RemoveText(text, ",\"t\":\"");
        return RemoveText(text, ",\"b\":\"");
    }

    // Neither text has a quotation mark, not even an escaped one. So the last one but one begins it.
    private static ReadOnlySpan<char> RemoveText(ReadOnlySpan<char> text, ReadOnlySpan<char> before)
    {
        if (!text.EndsWith('"'))
            return text;
        var rest = text[..(text[..^1].LastIndexOf('"') + 1)];
        return rest.EndsWith(before) ? rest[..^before.Length] : text;
    }

    private static int LengthOf(string? text, int others) => text is null ? 0 : text.Length + others;

    private static void WriteJson(PooledBuffer buffer, ReadOnlySpan<byte> before, string? text)
    {
        if (text is null)
            return;
        buffer.Write(before);
        Encoding.ASCII.GetBytes(text, buffer.Append(text.Length));
        buffer.Write("\""u8);
    }
}
