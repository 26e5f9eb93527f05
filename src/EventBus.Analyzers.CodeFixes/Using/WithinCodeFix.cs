using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2003: sends an event within the transaction that is open.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WithinCodeFix() : EventBusCodeFix(DiagnosticIds.EmitBesideTransaction, "Send within the transaction")
{
    private protected override Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (!place.Diagnostic.Properties.TryGetValue("Transaction", out var transaction) || transaction is null
            || place.Node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax sender }
            || sender.Name.Identifier.Text == "Post"
            || FindSource(sender.Expression, place.Model, cancellationToken) is not var (source, all))
            return Task.CompletedTask;

        // The end of the line, and a comment before it, stay in their place.
        var end = (all ?? source).GetTrailingTrivia();
        edits.Set(source, current => Within(current.WithoutTrailingTrivia(), transaction).WithTrailingTrivia(end));
        if (all is not null)
            edits.Set(all, static current => current.Expression);
        return Task.CompletedTask;
    }

    private static InvocationExpressionSyntax Within(ExpressionSyntax source, string transaction)
    {
        var name = SyntaxFacts.GetKeywordKind(transaction) == SyntaxKind.None ? transaction : $"@{transaction}";
        var argument = SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(name)));
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, source, SyntaxFactory.IdentifierName("Within")),
            SyntaxFactory.ArgumentList(argument));
    }

    // Walks back from the event, through the steps that the operator of a transaction has as well, to an expression that has `Within`.
    // `emitter.All` and `emitter` both have it. The shorter form of them is `emitter.Within`.
    private static (ExpressionSyntax Source, MemberAccessExpressionSyntax? All)? FindSource(
        ExpressionSyntax receiver, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var current = receiver; current is not null; current = Before(current))
        {
            if (current is MemberAccessExpressionSyntax { Name.Identifier.Text: "All" } all && HasWithin(all.Expression))
                return (all.Expression, all);
            if (!IsStep(current) && HasWithin(current))
                return (current, null);
        }

        return null;

        bool HasWithin(ExpressionSyntax expression) =>
            model.GetTypeInfo(expression, cancellationToken).Type?.GetMembers("Within").IsEmpty == false;
    }

    private static ExpressionSyntax? Before(ExpressionSyntax expression) => expression switch
    {
        _ when !IsStep(expression) => null,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } => method.Expression,
        MemberAccessExpressionSyntax property => property.Expression,
        _ => null,
    };

    private static bool IsStep(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } =>
            method.Name.Identifier.Text is "To" or "Except" or "Compress",
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Volatile" } => true,
        _ => false,
    };
}
