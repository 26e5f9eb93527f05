namespace EventBus.Generators.Rendering;

/// <summary>Breaks the name of a constructed type that is too long into lines of one type argument or tuple element each.</summary>
internal static class LongType
{
    private const int LongestLine = 96;

    public static string Break(string type, int width = LongestLine)
    {
        var start = type.IndexOfAny(['<', '(']);
        var end = type.LastIndexOfAny(['>', ')']);
        if (type.Length <= width || start < 0 || end < start)
            return type;

        var arguments = Split(type.Substring(start + 1, end - start - 1))
            .Select(argument => "\n    " + Break(argument, width - 4).Replace("\n", "\n    "));
        return type.Substring(0, start + 1) + string.Join(",", arguments) + type.Substring(end);
    }

    // Commas between brackets belong to the arguments of an argument.
    private static IEnumerable<string> Split(string list)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '<' or '(' or '[' => 1, '>' or ')' or ']' => -1, _ => 0 };
            if (depth != 0 || list[i] != ',')
                continue;
            yield return list.Substring(start, i - start);
            start = i + 2;
        }

        yield return list.Substring(start);
    }
}
