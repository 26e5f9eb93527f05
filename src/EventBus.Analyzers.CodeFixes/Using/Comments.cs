using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>Finds the comments in code that a fix rewrites.</summary>
internal static class Comments
{
    public static bool Is(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    public static int Count(SyntaxNode node) => node.DescendantTrivia().Count(Is);

    /// <summary>The comments in an expression after a part of it, with the space before them; empty if there are none.</summary>
    public static SyntaxTriviaList Behind(SyntaxNode part, SyntaxNode whole)
    {
        if (!whole.DescendantNodes().Contains(part))
            return default;
        var trivia = whole.DescendantTrivia().Where(item => item.SpanStart >= part.Span.End && item.Span.End <= whole.Span.End).ToList();
        var last = trivia.FindLastIndex(Is);
        if (last < 0)
            return default;

        // A comment to the end of the line needs that end.
        return trivia[last].IsKind(SyntaxKind.MultiLineCommentTrivia) ? [.. trivia.Take(last + 1)] : [.. trivia];
    }
}
