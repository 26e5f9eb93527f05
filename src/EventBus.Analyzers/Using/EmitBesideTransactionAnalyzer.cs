using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2003: an event is sent within the transaction that is open.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmitBesideTransactionAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.EmitBesideTransaction)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var emits = new OneWayEmits(symbols);
        context.RegisterOperationBlockStartAction(start =>
        {
            // Most code sends no event, so control flow is analyzed only if there is one.
            var found = new ConcurrentQueue<IInvocationOperation>();
            start.RegisterOperationAction(
                operation =>
                {
                    if (operation.Operation is IInvocationOperation call && emits.CanBeTransactional(call))
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

    private static bool IsIn(SyntaxNode inner, SyntaxNode outer) =>
        inner.SyntaxTree == outer.SyntaxTree && outer.Span.Contains(inner.Span);

    private Diagnostic Describe(IInvocationOperation emit, ISymbol? transaction)
    {
        var (location, sender) = (emit.Syntax.GetLocation(), emit.TargetMethod.Name);
        if (transaction is null)
            return Diagnostic.Create(Rule, location, sender, "the scope", "after the scope, or use an NpgsqlTransaction and 'Within'");
        var properties = ImmutableDictionary<string, string?>.Empty.Add("Transaction", transaction.Name);
        return Diagnostic.Create(
            Rule, location, properties, sender, $"'{transaction.Name}'", $"with 'Within({transaction.Name})', or after it");
    }
}
