using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2005: an emitter is created once and reused.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmitterPerCallAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.EmitterPerCall)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var functions = new PerCallFunctions(symbols);
        context.RegisterOperationAction(
            operation =>
            {
                if (!symbols.Has(operation.Operation.Type) || Source(operation.Operation) is not { } bus)
                    return;
                var isPerCall = functions.Around(operation.Operation, operation.ContainingSymbol) is not null;
                if (!isPerCall && !IsInLoop(operation.Operation, bus))
                    return;
                var repeated = isPerCall ? "call" : "iteration of the loop";
                operation.ReportDiagnostic(Diagnostic.Create(Rule, operation.Operation.Syntax.GetLocation(), repeated));
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
    }

    // The bus or publisher that the emitter is created from: new Emitter<T>(bus), bus.Emitter<T>(), bus.Publisher<T>().
    private static IOperation? Source(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type.MetadataName: "Emitter`1" or "Publisher`1" } creation => creation.Arguments.FirstOrDefault()?.Value,
        IInvocationOperation { TargetMethod: { Name: "Emitter" or "Publisher", IsGenericMethod: true } } call => call.Instance,
        _ => null,
    };

    // If each iteration has its own bus, it needs its own emitter.
    private static bool IsInLoop(IOperation operation, IOperation bus)
    {
        var loop = PerCallFunctions.AncestorsInFunction(operation).OfType<ILoopOperation>().FirstOrDefault();
        return loop is not null
            && !bus.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(local => IsDeclaredIn(local.Local, loop));
    }

    private static bool IsDeclaredIn(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences.Any(
            reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(reference.Span));
}
