using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2005: an emitter is made once and kept.</summary>
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
                if (isPerCall || IsInLoop(operation.Operation, bus))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, operation.Operation.Syntax.GetLocation(), isPerCall ? "call" : "turn of the loop"));
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
    }

    // What the emitter is made from: new Emitter<T>(bus), bus.Emitter<T>().
    private static IOperation? Source(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type.MetadataName: "Emitter`1" } creation => creation.Arguments.FirstOrDefault()?.Value,
        IInvocationOperation { TargetMethod: { Name: "Emitter", IsGenericMethod: true } } call => call.Instance,
        _ => null,
    };

    // Where each turn has a bus of its own, it may have an emitter of its own.
    private static bool IsInLoop(IOperation operation, IOperation bus)
    {
        for (var current = operation.Parent; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current is ILoopOperation loop)
                return !bus.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(local => IsDeclaredIn(local.Local, loop));
        }

        return false;
    }

    private static bool IsDeclaredIn(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(reference.Span));
}
