using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2002: somebody waits for what is emitted.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnobservedEmitAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.UnobservedEmit)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols) =>
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (symbols.Receiver(call.TargetMethod) is not null && TaskTypes.IsAwaitable(call.Type) && TaskUse.IsForgotten(call))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), call.TargetMethod.Name, PostableEmit.Is(call, symbols) ? "; to send without waiting, say 'Post'" : ""));
            },
            OperationKind.Invocation);
}
