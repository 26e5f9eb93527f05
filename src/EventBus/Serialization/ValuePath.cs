using System.Text;

namespace EventBus.Serialization;

/// <summary>
/// Finds the path to a position in an encoded value, as <c>.lines[2].price</c>. Only errors need it, so readers do not track their path.
/// A path contains names and no values. A key that does not look like a name is left out: it may be a key of a dictionary.
/// </summary>
internal static class ValuePath
{
    private const int LongestName = 64;

    /// <summary>The path from an array's item to the innermost value that begins at the position or before it.</summary>
    public static string WithinItem(EncodedValue array, int position)
    {
        var path = new StringBuilder();
        try
        {
            if (array.Encoding == ValueEncoding.Json)
            {
                var json = new JsonValueReader(array.Bytes.Span);
                WalkItems(ref json, position, path, depth: 0);
            }
            else
            {
                var messagePack = new MessagePackValueReader(array.Bytes.Span);
                WalkItems(ref messagePack, position, path, depth: 0);
            }
        }
        catch (EventSerializationException)
        {
            // A later value is malformed. That is not the error to report, and the path is known by then.
        }

        return path.ToString();
    }

    // Returns true if it passed the position: the path is complete then.
    private static bool Walk<TReader>(ref TReader reader, int position, StringBuilder path, int depth)
        where TReader : IValueReader, allows ref struct
    {
        switch (reader.Kind)
        {
            case ValueKind.Array:
                return WalkItems(ref reader, position, path, depth);
            case ValueKind.Map:
                return WalkMembers(ref reader, position, path, depth);
            default:
                reader.Skip();
                return false;
        }
    }

    private static bool WalkItems<TReader>(ref TReader reader, int position, StringBuilder path, int depth)
        where TReader : IValueReader, allows ref struct
    {
        var length = path.Length;
        var cursor = reader.BeginArray();
        for (var index = 0; reader.MoveNext(ref cursor); index++)
        {
            if (reader.Position > position)
                return true;
            path.Length = length;
            if (depth > 0)
                path.Append('[').Append(index).Append(']');
            if (Walk(ref reader, position, path, depth + 1))
                return true;
        }

        return false;
    }

    private static bool WalkMembers<TReader>(ref TReader reader, int position, StringBuilder path, int depth)
        where TReader : IValueReader, allows ref struct
    {
        var length = path.Length;
        var cursor = reader.BeginMap();
        while (reader.MoveNext(ref cursor))
        {
            if (reader.Position > position)
                return true;
            path.Length = length;
            path.Append(Segment(reader.ReadKey()));
            if (Walk(ref reader, position, path, depth + 1))
                return true;
        }

        return false;
    }

    /// <summary>A key as a part of a path.</summary>
    public static string Segment(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty || key.Length > LongestName)
            return "[…]";
        foreach (var letter in key)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'$' or (byte)'-'))
                return "[…]";
        }

        return $".{Encoding.UTF8.GetString(key)}";
    }
}
