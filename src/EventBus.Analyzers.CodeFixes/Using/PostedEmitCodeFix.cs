using System.Composition;
using EventBus.Analyzers.Using;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>
/// EVB2002: posts an emit whose task is discarded, if the function around it cannot await. An acknowledged event cannot be posted, and
/// neither can an event within a transaction.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PostedEmitCodeFix() : EventBusCodeFix(DiagnosticIds.UnobservedEmit, "Send without waiting, with 'Post'")
{
    private static readonly IdentifierNameSyntax Post = SyntaxFactory.IdentifierName(OneWayEmits.Post);

    private protected override Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (DiscardedEmit.Find(place.Node) is not { CanAwait: false } emit
            || place.Model.GetOperation(emit.Call, cancellationToken) is not IInvocationOperation call
            || BusSymbols.Of(place.Model.Compilation) is not { } symbols
            || !new OneWayEmits(symbols).CanBePosted(call))
            return Task.CompletedTask;

        var isUntyped = !symbols.IsSender(call.TargetMethod);
        var token = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Name == nameof(CancellationToken))?.Syntax;
        var tokenIndex = token is ArgumentSyntax argument ? emit.Call.ArgumentList.Arguments.IndexOf(argument) : -1;

        // If a comment would be lost with the code that it belongs to, its author has to decide.
        if (Comments.Count(Rewrite(emit.Whole)) == Comments.Count(emit.Whole))
            edits.Set(emit.Whole, Rewrite);
        return Task.CompletedTask;

        SyntaxNode Rewrite(ExpressionSyntax current)
        {
            var task = current is AssignmentExpressionSyntax discard ? discard.Right : current;
            var comment = DiscardedEmit.CommentAfterDiscard(current).SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
            return Unwrapped(task, emit.Wrappers, inner => Posted(WithoutArgument(inner, tokenIndex), isUntyped))
                .WithLeadingTrivia(current.GetLeadingTrivia().AddRange(comment))
                .WithTrailingTrivia(current.GetTrailingTrivia());
        }
    }

    // A posted event cannot be cancelled.
    private static InvocationExpressionSyntax WithoutArgument(InvocationExpressionSyntax call, int index) =>
        index < 0 ? call : call.WithArgumentList(call.ArgumentList.WithArguments(call.ArgumentList.Arguments.RemoveAt(index)));

    // Of the expressions around the call, only `maybe?` stays.
    private static ExpressionSyntax Unwrapped(
        ExpressionSyntax task, int wrappers, Func<InvocationExpressionSyntax, ExpressionSyntax> edit) => task switch
        {
            ConditionalAccessExpressionSyntax access => access.WithWhenNotNull(Unwrapped(access.WhenNotNull, wrappers - 1, edit)),
            ParenthesizedExpressionSyntax parenthesized => Unwrapped(parenthesized.Expression, wrappers - 1, edit),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax wrapper } when wrappers > 0 =>
                Unwrapped(wrapper.Expression, wrappers - 1, edit),
            InvocationExpressionSyntax call => edit(call),
            _ => task,
        };

    // An untyped event is posted by another method; a generated sender is called on another operator.
    private static InvocationExpressionSyntax Posted(InvocationExpressionSyntax call, bool isUntyped) => call.Expression switch
    {
        MemberAccessExpressionSyntax member when isUntyped => call.WithExpression(member.WithName(Post)),
        MemberBindingExpressionSyntax member when isUntyped => call.WithExpression(member.WithName(Post)),
        MemberAccessExpressionSyntax member => call.WithExpression(member.WithExpression(
            Member(member.Expression.WithoutTrailingTrivia(), Post).WithTrailingTrivia(member.Expression.GetTrailingTrivia()))),
        MemberBindingExpressionSyntax member => call.WithExpression(Member(SyntaxFactory.MemberBindingExpression(Post), member.Name)),
        _ => call,
    };

    private static MemberAccessExpressionSyntax Member(ExpressionSyntax receiver, SimpleNameSyntax name) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, name);
}
