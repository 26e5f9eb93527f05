using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators.Declarations;

/// <summary>
/// A digest of all that a file declares. If the digests of two files are equal, so are their symbols. It has all nodes and tokens but those
/// of bodies, and of initializers that are not constant. White space and comments do not count.
/// </summary>
internal static class DeclarationDigest
{
    public static string Of(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var text = new StringBuilder(tree.FilePath);
        foreach (var comment in root.GetLeadingTrivia().Where(IsMarkOfGeneratedFile))
            text.Append("\n//").Append(comment.FullSpan.Length).Append(' ').Append(comment.ToString());
        foreach (var item in root.DescendantNodesAndTokensAndSelf(static node => !IsBody(node)))
        {
            if (item.AsNode() is { } node)
                Append(text, node);
            else
                Append(text, item.AsToken());
        }

        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.Unicode.GetBytes(text.ToString())));
    }

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax => true,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent.Parent.Parent: BaseFieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    // The kinds of all nodes and the numbers of their children make the tree unique.
    private static void Append(StringBuilder text, SyntaxNode node)
    {
        text.Append('\n').Append((int)node.Kind());
        if (!IsBody(node))
        {
            text.Append(':').Append(node.ChildNodesAndTokens().Count);
            return;
        }

        // A property has a field if an accessor has such an expression. 'this.field' and '@field' are others.
        if (IsOfProperty(node) && node.DescendantNodes().Any(static inner => inner.IsKind(SyntaxKind.FieldExpression)))
            text.Append(" field");
        if (!node.ContainsDirectives)
            return;
        foreach (var token in node.DescendantTokens())
            AppendDirectives(text, token);
    }

    private static void Append(StringBuilder text, SyntaxToken token)
    {
        AppendDirectives(text, token);
        text.Append('\n').Append(token.RawKind).Append(' ').Append(token.Text.Length).Append(' ').Append(token.Text);
    }

    private static bool IsOfProperty(SyntaxNode body) => body.Parent is AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;

    // A '#nullable' holds to the end of the file, and a '#define' for all conditions.
    private static void AppendDirectives(StringBuilder text, SyntaxToken token)
    {
        if (!token.ContainsDirectives)
            return;
        foreach (var trivia in token.GetAllTrivia().Where(IsOrContainsDirective))
            text.Append("\n#").Append(trivia.FullSpan.Length).Append(' ').Append(trivia.ToFullString());
    }

    // The tokens that the parser skips may have directives before them.
    private static bool IsOrContainsDirective(SyntaxTrivia trivia) =>
        trivia.IsDirective || trivia.GetStructure() is { ContainsDirectives: true };

    // If a file begins with a comment of this kind, the compiler may take it for generated, and then no type in it is annotated.
    private static bool IsMarkOfGeneratedFile(SyntaxTrivia trivia) =>
        (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
        && trivia.ToString().IndexOf("<auto", StringComparison.Ordinal) >= 0;
}
