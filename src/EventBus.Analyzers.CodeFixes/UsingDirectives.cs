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
        var before = file.Usings.TakeWhile(current => Comes(current, ns)).Count();
        while (before > 0 && Open(file.DescendantTrivia().Where(trivia => trivia.SpanStart < file.Usings[before - 1].Span.End)).Count > 0)
            before--;

        // What stands above the first directive, or the first member, stays above all.
        if (before > 0 || file.GetFirstToken() is var first && first.LeadingTrivia.Count == 0)
            return file.WithUsings(file.Usings.Insert(before, directive));
        var (above, below) = Split(first.LeadingTrivia);
        file = file.ReplaceToken(first, first.WithLeadingTrivia(below));
        return file.WithUsings(file.Usings.Insert(0, directive.WithLeadingTrivia(above)));
    }

    // The documentation of a type, and what follows it, belongs to the type; what stands in an #if is there under its condition only.
    private static (IEnumerable<SyntaxTrivia> Above, IEnumerable<SyntaxTrivia> Below) Split(SyntaxTriviaList leading)
    {
        var open = Open(leading);
        var above = leading.TakeWhile(trivia => !trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia) && !open.Contains(trivia)).ToList();
        return (above, leading.Skip(above.Count));
    }

    // Each #if that has not come to its #endif.
    private static Stack<SyntaxTrivia> Open(IEnumerable<SyntaxTrivia> trivia)
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

    /// <summary>The line ending that the file has.</summary>
    public static SyntaxTrivia EndOfLine(SyntaxNode root)
    {
        var found = root.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.LineFeed;
    }

    private static bool Comes(UsingDirectiveSyntax current, string ns)
    {
        var name = current.Name?.ToString() ?? "";
        var isGlobal = !current.GlobalKeyword.IsKind(SyntaxKind.None);
        return isGlobal || (current.Alias is null && current.StaticKeyword.IsKind(SyntaxKind.None) && string.CompareOrdinal(Key(name), Key(ns)) < 0);
    }

    // System comes first.
    private static string Key(string ns) => (ns == "System" || ns.StartsWith("System.", StringComparison.Ordinal) ? "0" : "1") + ns;
}
