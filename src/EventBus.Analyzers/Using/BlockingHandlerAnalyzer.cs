using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2007: a handler does not block its thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingHandlerAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.BlockingHandler)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var handlers = new HandlerSymbols(symbols);
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol is IMethodSymbol method && handlers.IsHandler(method))
                Report(block.OperationBlocks, $"'{method.Name}'", block.ReportDiagnostic);
        });
        context.RegisterOperationAction(
            operation =>
            {
                var function = (IAnonymousFunctionOperation)operation.Operation;
                if (handlers.IsHandler(function))
                    Report([function.Body], "The handler", operation.ReportDiagnostic);
            },
            OperationKind.AnonymousFunction);
    }

    private void Report(IEnumerable<IOperation> bodies, string handler, Action<Diagnostic> report)
    {
        foreach (var body in bodies)
        {
            foreach (var call in BlockingCall.In(body))
                report(Diagnostic.Create(Rule, call.Operation.Syntax.GetLocation(), handler, call.Name));
        }
    }
}
