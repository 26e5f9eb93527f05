using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Gives out names that are not taken.</summary>
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

    /// <summary>Puts an <c>@</c> before keywords.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
