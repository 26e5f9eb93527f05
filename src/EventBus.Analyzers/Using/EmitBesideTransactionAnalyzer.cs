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
                    var graph = end.GetControlFlowGraph(body);
                    var beside = new TransactionFlow(emits).Find(graph, parameters);
                    foreach (var (emit, transaction) in beside)
                        end.ReportDiagnostic(Describe(emit, transaction, end.Compilation));
                    foreach (var (emit, save) in SaveFlow.Find(graph, emits).Where(found => !beside.Any(other => other.Emit == found.Emit)))
                        end.ReportDiagnostic(Describe(emit, save));
                }
            });
        });
    }

    private static bool IsIn(SyntaxNode inner, SyntaxNode outer) =>
        inner.SyntaxTree == outer.SyntaxTree && outer.Span.Contains(inner.Span);

    private Diagnostic Describe(IInvocationOperation emit, ISymbol? transaction, Compilation compilation)
    {
        var (location, sender) = (emit.Syntax.GetLocation(), emit.TargetMethod.Name);
        if (transaction is null)
        {
            return Diagnostic.Create(
                Rule, location, sender, "the scope", "after the scope, or use 'Within' with the connection that is enlisted");
        }

        var (properties, package) = (ImmutableDictionary<string, string?>.Empty, "");
        if (EntityFramework.IsTransaction(transaction) && !EntityFramework.IsSupportedBy(compilation))
            package = " of EventBus.EntityFrameworkCore";
        else
            properties = properties.Add("Transaction", transaction.Name);
        return Diagnostic.Create(
            Rule, location, properties, sender, $"'{transaction.Name}'", $"with 'Within({transaction.Name})'{package}, or after it");
    }

    private Diagnostic Describe(IInvocationOperation emit, IInvocationOperation save)
    {
        var context = EntityFramework.NameOfContext(save);
        return Diagnostic.Create(
            Rule,
            emit.Syntax.GetLocation(),
            emit.TargetMethod.Name,
            context is null ? "the changes of the context" : $"the changes of '{context}'",
            $"with '{(context is null ? "" : $"{context}.")}Raise', or after '{save.TargetMethod.Name}'");
    }
}
