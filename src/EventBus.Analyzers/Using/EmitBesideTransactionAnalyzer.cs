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
        context.RegisterOperationBlockAction(block =>
        {
            foreach (var body in block.OperationBlocks.OfType<IBlockOperation>())
            {
                if (!body.Descendants().OfType<IInvocationOperation>().Any(emits.Contains))
                    continue;
                var parameters = (block.OwningSymbol as IMethodSymbol)?.Parameters ?? [];
                foreach (var (emit, transaction) in new TransactionFlow(emits).Find(block.GetControlFlowGraph(body), parameters))
                    block.ReportDiagnostic(Describe(emit, transaction));
            }
        });
    }

    private Diagnostic Describe(IInvocationOperation emit, ISymbol? transaction) => Diagnostic.Create(
        Rule,
        emit.Syntax.GetLocation(),
        transaction is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add("Transaction", transaction.Name),
        emit.TargetMethod.Name,
        transaction is null ? "the scope" : $"'{transaction.Name}'",
        transaction is null ? "after the scope, or use an NpgsqlTransaction and 'Within'" : $"with 'Within({transaction.Name})', or after it");
}
