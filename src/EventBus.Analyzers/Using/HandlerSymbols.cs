using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Recognizes functions that the bus calls when an event is received.</summary>
internal sealed class HandlerSymbols(BusSymbols symbols)
{
    /// <summary>Whether the method handles an event of a contract, or has the signature of an untyped handler.</summary>
    public bool IsHandler(IMethodSymbol method) => HandlesContract(method) || TakesValues(method);

    /// <summary>Whether the lambda is passed to EventBus as an asynchronous handler.</summary>
    public bool IsHandler(IAnonymousFunctionOperation function) =>
        function.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
        && symbols.Has(call.TargetMethod.ContainingType)
        && TaskTypes.IsTask(function.Symbol.ReturnType);

    private static bool HandlesContract(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type.TypeKind is TypeKind.Class or TypeKind.Struct
            && method is { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }
            && type.AllInterfaces.Where(ContractEvents.IsContract).SelectMany(ContractEvents.DeclaredBy)
                .Any(declared => SymbolEqualityComparer.Default.Equals(HandlerMethod.Find(type, declared), method));
    }

    // The parameter that LocalSocket.On requires. Nothing else has parameters of that type.
    private bool TakesValues(IMethodSymbol method) => TaskTypes.IsTask(method.ReturnType) && method.Parameters.Any(
        parameter => parameter.Type is INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments.Length: 1 } list
            && list.TypeArguments[0] is { Name: "EventValue" } value
            && symbols.Has(value));
}
