using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the attribute that lists the members of a payload. The analyzers compare it with the compiled type.</summary>
internal static class MemberListRenderer
{
    private const string Attribute = "global::EventBus.CompilerServices.PayloadMembers";
    private const int LongestLine = 96;

    public static string Render(PayloadModel payload)
    {
        var lines = Lines([.. payload.Members.Select(static member => member.ListedName)]).Select(static line => $"\"{line}\"");
        return $"[{Attribute}({string.Join("\n    + ", lines)})]";
    }

    private static IEnumerable<string> Lines(IReadOnlyCollection<string> names)
    {
        var line = names.FirstOrDefault() ?? "";
        foreach (var name in names.Skip(1))
        {
            if (line.Length + name.Length < LongestLine)
            {
                line += $" {name}";
                continue;
            }

            yield return $"{line} ";
            line = name;
        }

        yield return line;
    }
}
