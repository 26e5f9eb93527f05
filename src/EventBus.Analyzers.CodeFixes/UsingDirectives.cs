using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Adds a using directive to a file at its place in the order.</summary>
internal static class UsingDirectives
{
    public static CompilationUnitSyntax Add(CompilationUnitSyntax file, string ns)
    {
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(ns)).NormalizeWhitespace().WithTrailingTrivia(EndOfLine(file));
        var before = file.Usings.TakeWhile(current => Precedes(current, ns)).Count();
        while (before > 0 && IsConditional(file.Usings[before - 1], file))
            before--;

        // A comment above the first directive, or above the first member, stays at the top.
        if (before > 0 || file.GetFirstToken() is var first && first.LeadingTrivia.Count == 0)
            return file.WithUsings(file.Usings.Insert(before, directive));
        var (above, below) = Split(first.LeadingTrivia);
        file = file.ReplaceToken(first, first.WithLeadingTrivia(below));
        return file.WithUsings(file.Usings.Insert(0, directive.WithLeadingTrivia(above)));
    }

    /// <summary>The line ending of the file.</summary>
    public static SyntaxTrivia EndOfLine(SyntaxNode root)
    {
        var trivia = root.SyntaxTree.GetRoot().DescendantTrivia();
        return trivia.Where(static item => item.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.LineFeed).First();
    }

    // The documentation of a type, and all trivia after it, belongs to the type. Trivia inside an #if stays under its condition.
    private static (IEnumerable<SyntaxTrivia> Above, IEnumerable<SyntaxTrivia> Below) Split(SyntaxTriviaList leading)
    {
        var open = OpenConditions(leading);
        var above = leading.TakeWhile(trivia => !IsDocumentation(trivia) && !open.Contains(trivia)).ToList();
        return (above, leading.Skip(above.Count));
    }

    private static bool IsDocumentation(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia);

    private static bool IsConditional(UsingDirectiveSyntax directive, CompilationUnitSyntax file) =>
        OpenConditions(file.DescendantTrivia().Where(trivia => trivia.SpanStart < directive.Span.End)).Count > 0;

    // Each #if without its #endif.
    private static Stack<SyntaxTrivia> OpenConditions(IEnumerable<SyntaxTrivia> trivia)
    {
        var open = new Stack<SyntaxTrivia>();
        foreach (var directive in trivia.Where(static trivia => trivia.IsDirective))
        {
            if (directive.IsKind(SyntaxKind.IfDirectiveTrivia))
                open.Push(directive);
            else if (directive.IsKind(SyntaxKind.EndIfDirectiveTrivia) && open.Count > 0)
                open.Pop();
        }

        return open;
    }

    private static bool Precedes(UsingDirectiveSyntax current, string ns)
    {
        if (!current.GlobalKeyword.IsKind(SyntaxKind.None))
            return true;
        var isPlain = current.Alias is null && current.StaticKeyword.IsKind(SyntaxKind.None);
        return isPlain && string.CompareOrdinal(Key(current.Name?.ToString() ?? ""), Key(ns)) < 0;
    }

    // System comes first.
    private static string Key(string ns) => (ns == "System" || ns.StartsWith("System.", StringComparison.Ordinal) ? "0" : "1") + ns;
}
