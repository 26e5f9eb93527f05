using System.Collections.Concurrent;
using System.Globalization;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2020: no constant argument makes an event too long for a notification.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LongConstantAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.LongConstant)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        // A contract is checked once, not for each call.
        var shapes = new TypeShapeReader(context.Compilation);
        var valid = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (symbols.Contract(call.TargetMethod) is { } contract)
                    Analyze(operation, call, contract, shapes, () => IsValid(contract));
            },
            OperationKind.Invocation);

        bool IsValid(INamedTypeSymbol contract) => valid.GetOrAdd(contract, _ => ContractValidity.IsValid(contract, shapes));
    }

    private void Analyze(
        OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol contract, TypeShapeReader shapes, Func<bool> isValid)
    {
        // Most calls have no constant text, and need no further analysis.
        if (Constants(call).OrderByDescending(static constant => constant.Bytes).FirstOrDefault() is not { Argument: { } longest }
            || SentEvent.Find(call.TargetMethod, contract) is not { } method
            || !isValid())
            return;

        var types = new TypeBounds(shapes);
        var least = EventBounds.Of(method, contract, types).Least;
        var actual = least + (from constant in Constants(call)
                              let parameter = method.Parameters.First(parameter => parameter.Name == constant.Argument.Parameter!.Name)
                              where shapes.Read(parameter) is not (TypeShape.Custom or TypeShape.Nullable { Underlying: TypeShape.Custom })
                              select constant.Bytes - types.Of(parameter).Least).Sum();
        var threshold = PayloadThreshold.Of(context.Options.AnalyzerConfigOptionsProvider, call.Syntax.SyntaxTree);
        if (least < threshold && actual >= threshold)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, longest.Syntax.GetLocation(), longest.Parameter!.Name, method.Name, Number(actual), Number(threshold)));
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(IArgumentOperation Argument, long Bytes)> Constants(IInvocationOperation call) =>
        from argument in call.Arguments
        where argument.Value.ConstantValue is { HasValue: true, Value: string } && argument.ArgumentKind == ArgumentKind.Explicit
        select (argument, TextBounds.Quoted((string)argument.Value.ConstantValue.Value!));
}
