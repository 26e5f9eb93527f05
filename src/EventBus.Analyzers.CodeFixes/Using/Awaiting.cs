using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>Inserts <c>await</c> if it is allowed.</summary>
internal static class Awaiting
{
    /// <summary>Whether the function around a node is asynchronous, and nothing in between forbids an await.</summary>
    public static bool IsPossibleAt(SyntaxNode node)
    {
        foreach (var outer in node.Ancestors())
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword != default;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LockStatementSyntax or UnsafeStatementSyntax or CatchFilterClauseSyntax:
                case QueryExpressionSyntax or AccessorDeclarationSyntax:
                    return false;
                case GlobalStatementSyntax:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Awaits the task, with the trivia of the expression that it replaces.</summary>
    public static AwaitExpressionSyntax Await(ExpressionSyntax task, ExpressionSyntax inPlaceOf)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.AwaitExpression(keyword, task.WithoutTrivia()).WithTriviaFrom(inPlaceOf);
    }
}
