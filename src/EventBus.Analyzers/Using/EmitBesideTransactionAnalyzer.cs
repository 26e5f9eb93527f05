using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2003: while a transaction is open, events are sent within it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmitBesideTransactionAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.EmitBesideTransaction)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var emits = new OneWayEmits(symbols);
        context.RegisterOperationBlockStartAction(start =>
        {
            // Most code emits nothing: nothing is computed for it.
            var found = new ConcurrentQueue<IInvocationOperation>();
            start.RegisterOperationAction(
                operation =>
                {
                    if (operation.Operation is IInvocationOperation call && emits.Contains(call))
                        found.Enqueue(call);
                },
                OperationKind.Invocation);
            start.RegisterOperationBlockEndAction(end =>
            {
                var parameters = (end.OwningSymbol as IMethodSymbol)?.Parameters ?? [];
                foreach (var body in end.OperationBlocks.Where(body => found.Any(call => IsIn(call.Syntax, body.Syntax))))
                {
                    foreach (var (emit, transaction) in new TransactionFlow(emits).Find(end.GetControlFlowGraph(body), parameters))
                        end.ReportDiagnostic(Describe(emit, transaction));
                }
            });
        });
    }

    private static bool IsIn(SyntaxNode inner, SyntaxNode outer) => inner.SyntaxTree == outer.SyntaxTree && outer.Span.Contains(inner.Span);

    private Diagnostic Describe(IInvocationOperation emit, ISymbol? transaction) => Diagnostic.Create(
        Rule,
        emit.Syntax.GetLocation(),
        transaction is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add("Transaction", transaction.Name),
        emit.TargetMethod.Name,
        transaction is null ? "the scope" : $"'{transaction.Name}'",
        transaction is null ? "after the scope, or use an NpgsqlTransaction and 'Within'" : $"with 'Within({transaction.Name})', or after it");
}
