using System.Text;

namespace EventBus.Serialization;

/// <summary>
/// Finds the path to the value that a JSON writer would have written next, as <c>.lines[2].price</c>. Only errors need it, so writers do
/// not track their path.
/// </summary>
internal static class WritePath
{
    /// <summary>The path from the last item of an unfinished array.</summary>
    /// <param name="array">The text so far, without spaces, as the JSON writer writes it.</param>
    /// <param name="index">The index of the item.</param>
    public static string WithinItem(ReadOnlySpan<byte> array, out int index)
    {
        var open = new List<Level>();
        for (var i = 0; i < array.Length; i++)
        {
            switch (array[i])
            {
                case (byte)'[':
                    open.Add(new Level { IsArray = true });
                    break;
                case (byte)'{':
                    open.Add(new Level());
                    break;
                case (byte)']' or (byte)'}':
                    open.RemoveAt(open.Count - 1);
                    break;
                case (byte)',':
                    open[^1] = open[^1] with { Index = open[^1].Index + 1, Key = null };
                    break;
                case (byte)'"':
                    var start = i + 1;
                    i = EndOfText(array, start);
                    if (i + 1 < array.Length && array[i + 1] == ':')
                        open[^1] = open[^1] with { Key = ValuePath.Segment(array[start..i]) };
                    break;
            }
        }

        // The comma before an item may still be missing. The comma before a member is written with its key. Without a key, the path is the
        // map.
        var last = array.IsEmpty ? default : array[^1];
        if (open.Count > 0 && open[^1].IsArray && last is not ((byte)'[' or (byte)','))
            open[^1] = open[^1] with { Index = open[^1].Index + 1 };
        if (open.Count > 0 && !open[^1].IsArray && last != ':')
            open[^1] = open[^1] with { Key = null };

        index = open.Count > 0 ? open[0].Index : -1;
        var path = new StringBuilder();
        foreach (var level in open.Skip(1))
            path.Append(level.IsArray ? $"[{level.Index}]" : level.Key);
        return path.ToString();
    }

    private static int EndOfText(ReadOnlySpan<byte> json, int start)
    {
        var i = start;
        while (json[i] != '"')
            i += json[i] == '\\' ? 2 : 1;
        return i;
    }

    private record struct Level(bool IsArray, int Index, string? Key);
}
