using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>What is remarked in code that a fix rewrites.</summary>
internal static class Comments
{
    public static bool Is(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    public static int Count(SyntaxNode node) => node.DescendantTrivia().Count(Is);

    /// <summary>What is remarked in an expression behind a part of it, with the space before it; nothing where nothing is.</summary>
    public static SyntaxTriviaList Behind(SyntaxNode part, SyntaxNode whole)
    {
        if (!whole.DescendantNodes().Contains(part))
            return default;
        var behind = whole.DescendantTrivia().Where(trivia => trivia.SpanStart >= part.Span.End && trivia.Span.End <= whole.Span.End).ToList();

        // A comment to the end of the line needs that end.
        var last = behind.FindLastIndex(Is);
        return last >= 0 && behind[last].IsKind(SyntaxKind.MultiLineCommentTrivia) ? [.. behind.Take(last + 1)] : last >= 0 ? [.. behind] : default;
    }
}
