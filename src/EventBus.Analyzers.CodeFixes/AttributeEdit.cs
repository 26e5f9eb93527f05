using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Adds an attribute to a declaration: before a parameter, above a member or type.</summary>
internal static class AttributeEdit
{
    /// <param name="parameter">The parameter.</param>
    /// <param name="attribute">As <c>MaxLength(100)</c>.</param>
    public static ParameterSyntax Add(ParameterSyntax parameter, string attribute)
    {
        var leading = parameter.GetLeadingTrivia();
        var list = Parse(attribute).WithTrailingTrivia(SyntaxFactory.Space);
        return parameter.WithoutLeadingTrivia().AddAttributeLists(list).WithLeadingTrivia(leading);
    }

    /// <param name="declaration">The declaration.</param>
    /// <param name="attribute">As <c>MaxLength(100)</c>.</param>
    /// <param name="endOfLine">The line ending of the file.</param>
    public static MemberDeclarationSyntax Add(MemberDeclarationSyntax declaration, string attribute, SyntaxTrivia endOfLine)
    {
        var leading = declaration.GetLeadingTrivia();
        var indentation = leading.Reverse().Take(1).Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var list = Parse(attribute).WithLeadingTrivia(leading).WithTrailingTrivia(endOfLine);
        declaration = declaration.WithLeadingTrivia(indentation);
        return declaration.WithAttributeLists(declaration.AttributeLists.Insert(0, list));
    }

    private static AttributeListSyntax Parse(string attribute) =>
        SyntaxFactory.ParseMemberDeclaration($"[{attribute}] class C;")!.AttributeLists[0].WithoutTrivia();
}
