using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2002: awaits an emit whose task is discarded, if the function around it is asynchronous.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitedEmitCodeFix() : EventBusCodeFix(DiagnosticIds.UnobservedEmit, "Await the emit")
{
    private protected override Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (DiscardedEmit.Find(place.Node) is { CanAwait: true, Task: not ConditionalAccessExpressionSyntax } emit
            && place.Model.GetTypeInfo(emit.Task, cancellationToken).Type?.GetMembers("GetAwaiter").IsEmpty == false)
            edits.Set(emit.Whole, Await);
        return Task.CompletedTask;
    }

    private static AwaitExpressionSyntax Await(ExpressionSyntax current)
    {
        var awaited = Awaiting.Await(current is AssignmentExpressionSyntax discard ? discard.Right : current, current);
        var comment = DiscardedEmit.CommentAfterDiscard(current);
        return comment.Count == 0 ? awaited : awaited.WithAwaitKeyword(awaited.AwaitKeyword.WithTrailingTrivia(comment));
    }
}
