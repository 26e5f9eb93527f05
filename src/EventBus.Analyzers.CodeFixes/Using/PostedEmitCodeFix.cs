using System.Composition;
using EventBus.Analyzers.Using;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2002: posts an emit whose task is discarded, where the function around it cannot await. What is answered, or is sent within a transaction, cannot be posted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PostedEmitCodeFix() : EventBusCodeFix(DiagnosticIds.UnobservedEmit, "Send it without waiting, with 'Post'")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || DiscardedEmit.Find(root, diagnostic) is not { CanAwait: false } emit
            || model.GetOperation(emit.Call, cancellationToken) is not IInvocationOperation call
            || BusSymbols.Of(model.Compilation) is not { } symbols || !PostableEmit.Is(call, symbols))
            return;

        // Nobody waits, so there is nothing to cancel.
        var isByName = !symbols.IsSender(call.TargetMethod);
        var token = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Name == nameof(CancellationToken))?.Syntax as ArgumentSyntax;
        var place = token is null ? -1 : emit.Call.ArgumentList.Arguments.IndexOf(token);
        SyntaxNode Rewrite(ExpressionSyntax current) => Unwrapped(
            current is AssignmentExpressionSyntax discard ? discard.Right : current,
            emit.Wrappers,
            inner => Posted(place < 0 ? inner : inner.WithArgumentList(inner.ArgumentList.WithArguments(inner.ArgumentList.Arguments.RemoveAt(place))), isByName))
            .WithLeadingTrivia(current.GetLeadingTrivia().AddRange(DiscardedEmit.Remark(current).SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))))
            .WithTrailingTrivia(current.GetTrailingTrivia());

        // What is remarked of something that goes has no place of its own; whoever wrote it knows whether it goes, too.
        if (Comments.Count(Rewrite(emit.Whole)) == Comments.Count(emit.Whole))
            edits.Set(emit.Whole, Rewrite);
    }

    // Of what lies around the call only `maybe?` stays.
    private static ExpressionSyntax Unwrapped(ExpressionSyntax task, int wrappers, Func<InvocationExpressionSyntax, ExpressionSyntax> edit) => task switch
    {
        ConditionalAccessExpressionSyntax access => access.WithWhenNotNull(Unwrapped(access.WhenNotNull, wrappers - 1, edit)),
        ParenthesizedExpressionSyntax parenthesized => Unwrapped(parenthesized.Expression, wrappers - 1, edit),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax wrapper } when wrappers > 0 => Unwrapped(wrapper.Expression, wrappers - 1, edit),
        InvocationExpressionSyntax call => edit(call),
        _ => task,
    };

    // By name it is another method; a generated sender is called on another operator.
    private static InvocationExpressionSyntax Posted(InvocationExpressionSyntax call, bool isByName) => call.Expression switch
    {
        MemberAccessExpressionSyntax member when isByName => call.WithExpression(member.WithName(SyntaxFactory.IdentifierName(PostableEmit.Post))),
        MemberBindingExpressionSyntax member when isByName => call.WithExpression(member.WithName(SyntaxFactory.IdentifierName(PostableEmit.Post))),
        MemberAccessExpressionSyntax member => call.WithExpression(member.WithExpression(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, member.Expression.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName(PostableEmit.Post)).WithTrailingTrivia(member.Expression.GetTrailingTrivia()))),
        MemberBindingExpressionSyntax member => call.WithExpression(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.MemberBindingExpression(SyntaxFactory.IdentifierName(PostableEmit.Post)), member.Name)),
        _ => call,
    };
}
