using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2004: a bus or publisher is created once and reused.</summary>
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
                var type = call.TargetMethod.ContainingType;
                if (call.TargetMethod is not { IsStatic: true, Name: "StartAsync" or "Create" }
                    || type.Name is not ("EventBusNode" or "EventBusPublisher")
                    || !symbols.Has(type))
                    return;
                var isPerCall = functions.Around(call, operation.ContainingSymbol) is not null;
                if (!isPerCall && !IsDisposedInLoop(call))
                    return;
                var (method, repeated) = ($"{type.Name}.{call.TargetMethod.Name}", isPerCall ? "call" : "iteration of the loop");
                operation.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), method, repeated));
            },
            OperationKind.Invocation);
    }

    // A bus that is disposed in its iteration is created too often. A loop that fills a list, or retries, keeps its buses.
    private static bool IsDisposedInLoop(IOperation operation)
    {
        var isDisposed = false;
        foreach (var outer in PerCallFunctions.AncestorsInFunction(operation))
        {
            isDisposed |= outer is IUsingOperation or IUsingDeclarationOperation;
            if (isDisposed && outer is ILoopOperation)
                return true;
        }

        return false;
    }
}
