using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Tells which functions are called with what comes over the bus.</summary>
internal sealed class HandlerSymbols(BusSymbols symbols)
{
    /// <summary>Whether the method handles an event of a contract, or has the signature of a handler by name.</summary>
    public bool IsHandler(IMethodSymbol method) => HandlesContract(method) || TakesValues(method);

    /// <summary>Whether the lambda is given to EventBus as an asynchronous handler.</summary>
    public bool IsHandler(IAnonymousFunctionOperation function) =>
        function.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
        && symbols.Has(call.TargetMethod.ContainingType)
        && TaskTypes.IsTask(function.Symbol.ReturnType);

    private static bool HandlesContract(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type.TypeKind is TypeKind.Class or TypeKind.Struct && method is { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }
            && type.AllInterfaces.Where(ContractEvents.IsContract).SelectMany(ContractEvents.DeclaredBy)
                .Any(declared => SymbolEqualityComparer.Default.Equals(HandlerMethod.Find(type, declared), method));
    }

    // As LocalSocket.On asks for; nothing else has arguments of that type.
    private bool TakesValues(IMethodSymbol method) =>
        TaskTypes.IsTask(method.ReturnType)
        && method.Parameters.Any(parameter => parameter.Type is INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments.Length: 1 } list
            && list.TypeArguments[0] is { Name: "EventValue" } value
            && symbols.Has(value));
}
