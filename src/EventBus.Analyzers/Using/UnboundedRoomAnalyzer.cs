using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2006: a room is not named by input that has no limit.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedRoomAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.UnboundedRoom)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var functions = new PerCallFunctions(symbols);
        context.RegisterOperationAction(
            operation =>
            {
                var argument = (IArgumentOperation)operation.Operation;
                if (argument is not { Parameter: { Name: "room" or "rooms" } room } || !symbols.Has(room.ContainingType))
                    return;
                if (functions.Around(argument, operation.ContainingSymbol) is not { } function)
                    return;
                foreach (var input in RoomInput.In(argument.Value).Where(input => input.ComesFrom(function) && !input.IsBounded(function, symbols)))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, input.Operation.Syntax.GetLocation(), input.Operation.Syntax.ToString()));
            },
            OperationKind.Argument);
    }
}
