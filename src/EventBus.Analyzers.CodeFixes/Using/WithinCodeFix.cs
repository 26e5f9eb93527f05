using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2003: sends an event within the transaction that is open beside it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WithinCodeFix() : EventBusCodeFix(DiagnosticIds.EmitBesideTransaction, "Send it within the transaction")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || !diagnostic.Properties.TryGetValue("Transaction", out var transaction) || transaction is null
            || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: not "Post" } } call)
            return;

        if (FindSource(call, model, cancellationToken) is not var (source, all))
            return;

        var name = SyntaxFacts.GetKeywordKind(transaction) == SyntaxKind.None ? transaction : $"@{transaction}";

        // The line ends, and what is remarked at its end, where it did.
        edits.Set(source, current => SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, current.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("Within")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(name))))).WithTrailingTrivia((all ?? source).GetTrailingTrivia()));
        if (all is not null)
            edits.Set(all, static current => current.Expression);
    }

    // Back from the event, through what an operator of a transaction has as well, to what can begin one; an emitter does in place of its `All`.
    private static (ExpressionSyntax Source, MemberAccessExpressionSyntax? All)? FindSource(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var current = (call.Expression as MemberAccessExpressionSyntax)?.Expression; current is not null; current = Before(current))
        {
            if (!IsStep(current) && CanBegin(current))
                return (current, null);
            if (current is MemberAccessExpressionSyntax { Name.Identifier.Text: "All" } all && CanBegin(all.Expression))
                return (all.Expression, all);
        }

        return null;

        bool CanBegin(ExpressionSyntax expression) => model.GetTypeInfo(expression, cancellationToken).Type?.GetMembers("Within").IsEmpty == false;
    }

    private static ExpressionSyntax? Before(ExpressionSyntax step) =>
        IsStep(step) ? ((step as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax ?? step as MemberAccessExpressionSyntax)?.Expression : null;

    private static bool IsStep(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "To" or "Except" or "Compress" } } => true,
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Volatile" } => true,
        _ => false,
    };
}
