using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2006: the name of a room contains no input of unlimited length.</summary>
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
                var inputs = RoomInput.In(argument.Value).Where(input => input.ComesFrom(function) && !input.IsBounded(function, symbols));
                foreach (var syntax in inputs.Select(static input => input.Operation.Syntax))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, syntax.GetLocation(), syntax.ToString()));
            },
            OperationKind.Argument);
    }
}
