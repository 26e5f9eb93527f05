using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Hands out names that are not taken yet.</summary>
internal sealed class IdentifierScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];

    /// <summary>The preferred name, with underscores behind it until nobody has it.</summary>
    public string Declare(string preferred)
    {
        while (!_taken.Add(preferred))
            preferred += "_";
        return Escape(preferred);
    }

    /// <summary>Puts an <c>@</c> before keywords.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
