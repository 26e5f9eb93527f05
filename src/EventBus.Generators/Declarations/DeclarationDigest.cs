using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators.Declarations;

/// <summary>
/// A digest of all that a file declares. It differs if any symbol of the file differs: it has all nodes and tokens but those of bodies, and
/// of initializers that are not constant. White space and comments do not count.
/// </summary>
internal static class DeclarationDigest
{
    public static string Of(SyntaxTree tree)
    {
        var text = new StringBuilder();
        var root = tree.GetRoot();
        text.Append(tree.FilePath).Append('\n');

        // If a file begins with a certain comment, it is generated, and no type in it is annotated.
        foreach (var trivia in root.GetLeadingTrivia())
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                text.Append(trivia.ToFullString()).Append('\n');
        }

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

        // A property has a field if an accessor uses it.
        if (IsOfProperty(node) && node.DescendantTokens().Any(static token => token.ValueText == "field"))
            text.Append(" field");
        if (!node.ContainsDirectives)
            return;
        foreach (var token in node.DescendantTokens())
            AppendDirectives(text, token);
    }

    private static void Append(StringBuilder text, SyntaxToken token)
    {
        AppendDirectives(text, token);
        text.Append(' ').Append(token.RawKind).Append(token.Text);
    }

    private static bool IsOfProperty(SyntaxNode body) => body.Parent is AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;

    // A '#nullable' holds to the end of the file, and a '#define' for all conditions.
    private static void AppendDirectives(StringBuilder text, SyntaxToken token)
    {
        if (!token.ContainsDirectives)
            return;
        foreach (var trivia in token.LeadingTrivia)
        {
            if (trivia.IsDirective)
                text.Append('\n').Append(trivia.ToFullString());
        }
    }
}
