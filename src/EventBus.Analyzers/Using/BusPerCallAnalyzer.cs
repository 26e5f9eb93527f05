using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2004: a bus or publisher is made once and kept.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BusPerCallAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.BusPerCall)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var functions = new PerCallFunctions(symbols);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (call.TargetMethod is not { IsStatic: true, Name: "StartAsync" or "Create", ContainingType: { Name: "EventBusNode" or "EventBusPublisher" } type } || !symbols.Has(type))
                    return;
                var isPerCall = functions.Around(call, operation.ContainingSymbol) is not null;
                if (isPerCall || IsUsedUpInLoop(call))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), $"{type.Name}.{call.TargetMethod.Name}", isPerCall ? "call" : "turn of the loop"));
            },
            OperationKind.Invocation);
    }

    // In a loop that fills a list, or tries until it succeeds, each bus outlives its turn; one that is disposed of at the end of it does not.
    private static bool IsUsedUpInLoop(IOperation operation)
    {
        var isDisposed = false;
        for (var current = operation.Parent; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            isDisposed |= current is IUsingOperation or IUsingDeclarationOperation;
            if (isDisposed && current is ILoopOperation)
                return true;
        }

        return false;
    }
}
