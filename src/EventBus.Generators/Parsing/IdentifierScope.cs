using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Gives out names that are not taken, and makes names fit for emitted code.</summary>
internal sealed class IdentifierScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];

    /// <summary>The preferred name, followed by as many underscores as it takes to make it unique.</summary>
    public string Declare(string preferred)
    {
        while (!_taken.Add(preferred))
            preferred += "_";
        return Escape(preferred);
    }

    /// <summary>
    /// The name as a part of a longer one, in which underscores separate the parts. An underscore of the name itself is followed by a zero,
    /// and no part begins with a digit, so different parts never make the same name.
    /// </summary>
    public static string Part(string name) => name.Replace("_", "_0");

    /// <summary>Puts an <c>@</c> before keywords.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
