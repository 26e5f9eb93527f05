using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2002: the task of an emit is observed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnobservedEmitAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.UnobservedEmit)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var emits = new OneWayEmits(symbols);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                var method = call.TargetMethod;
                if (symbols.Receiver(method) is null || !TaskTypes.IsAwaitable(call.Type) || !TaskUse.IsForgotten(call))
                    return;
                var alternative = emits.CanBePosted(call) ? ", or use 'Post' to send without waiting" : "";
                operation.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), method.Name, alternative));
            },
            OperationKind.Invocation);
    }
}
