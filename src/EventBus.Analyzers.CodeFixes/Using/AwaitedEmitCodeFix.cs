using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2002: awaits an emit whose task is discarded, where the function around it is asynchronous.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitedEmitCodeFix() : EventBusCodeFix(DiagnosticIds.UnobservedEmit, "Await it")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || DiscardedEmit.Find(root, diagnostic) is not { CanAwait: true, Task: not ConditionalAccessExpressionSyntax } emit
            || model.GetTypeInfo(emit.Task, cancellationToken).Type?.GetMembers("GetAwaiter").IsEmpty != false)
            return;

        edits.Set(emit.Whole, static current =>
        {
            var awaited = Awaiting.Await(current is AssignmentExpressionSyntax discard ? discard.Right : current, current);
            return DiscardedEmit.Remark(current) is { Count: > 0 } remark ? awaited.WithAwaitKeyword(awaited.AwaitKeyword.WithTrailingTrivia(remark)) : awaited;
        });
    }
}
