using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2008: a journaled event is not sent with <c>Local</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LocalJournaledEmitAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.LocalJournaledEmit)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols) =>
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (symbols.Contract(call.TargetMethod) is { } contract
                    && BusChain.HasLocal(call)
                    && SentEvent.Find(call.TargetMethod, contract) is { } method
                    && JournaledEvents.Contain(method, contract))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), method.Name));
            },
            OperationKind.Invocation);
}
