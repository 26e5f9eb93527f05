using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Hosting;

/// <summary>EVB3003: constant options are valid, each alone and all together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContradictingOptionsAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.ContradictingOptions)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        context.RegisterOperationAction(
            operation =>
            {
                var creation = (IObjectCreationOperation)operation.Operation;
                if (creation.Initializer is { } initializer && IsOptions(creation.Type))
                    Check(OptionValues.In(initializer.Initializers, IsOptions), hasDefaults: true, operation.ReportDiagnostic);
            },
            OperationKind.ObjectCreation);
        context.RegisterOperationAction(
            operation =>
            {
                // The values that were configured before a lambda runs are not known.
                var function = (IAnonymousFunctionOperation)operation.Operation;
                var statements = function.Body.Operations.OfType<IExpressionStatementOperation>();
                var values = OptionValues.In(statements.Select(static statement => statement.Operation), IsOptions);
                if (function.Symbol.Parameters.Any(parameter => IsOptions(parameter.Type)))
                    Check(values, hasDefaults: false, operation.ReportDiagnostic);
            },
            OperationKind.AnonymousFunction);

        bool IsOptions(ITypeSymbol? type) => type?.Name == "EventBusOptions" && symbols.Has(type);
    }

    private void Check(OptionValues values, bool hasDefaults, Action<Diagnostic> report)
    {
        foreach (var (option, value, reason) in OptionRules.FindBroken(values, hasDefaults))
            report(Diagnostic.Create(Rule, values.LocationOf(option), option, value, reason));
    }
}
