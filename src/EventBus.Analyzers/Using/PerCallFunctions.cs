using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>
/// Recognizes functions that run once for each request or event: handlers of the bus, endpoints, actions of controllers, pages and hubs,
/// middleware, and gRPC methods.
/// </summary>
internal sealed class PerCallFunctions(BusSymbols symbols)
{
    private const string HttpContext = "Microsoft.AspNetCore.Http.HttpContext";
    private const string ServerCallContext = "Grpc.Core.ServerCallContext";
    private const string ApiControllerAttribute = "Microsoft.AspNetCore.Mvc.ApiControllerAttribute";
    private const string EndpointExtensions = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";

    // The base classes whose public methods are actions.
    private static readonly HashSet<string> Bases =
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase",
        "Microsoft.AspNetCore.Mvc.RazorPages.PageModel",
        "Microsoft.AspNetCore.SignalR.Hub",
    ];

    private readonly HandlerSymbols _handlers = new(symbols);

    /// <summary>The function around the operation that runs once for each call; null if there is none.</summary>
    public IMethodSymbol? Around(IOperation operation, ISymbol containingSymbol)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation function && (_handlers.IsHandler(function) || IsEndpoint(function)))
                return function.Symbol;
        }

        return containingSymbol is IMethodSymbol method && (_handlers.IsHandler(method) || TakesCall(method) || IsAction(method))
            ? method
            : null;
    }

    private static bool IsEndpoint(IAnonymousFunctionOperation function) =>
        TakesCall(function.Symbol) || CallWith(function)?.TargetMethod.ContainingType.GetFullMetadataName() == EndpointExtensions;

    /// <summary>The operations around an operation, up to the nearest function.</summary>
    public static IEnumerable<IOperation> AncestorsInFunction(IOperation operation)
    {
        var current = operation.Parent;
        for (; current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
            yield return current;
    }

    // The call that the function is an argument of.
    private static IInvocationOperation? CallWith(IOperation function)
    {
        var parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation)
            parent = parent.Parent;
        return parent is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }

    private static bool TakesCall(IMethodSymbol method) => method.Parameters.Any(
        static parameter => parameter.Type is INamedTypeSymbol type && type.GetFullMetadataName() is HttpContext or ServerCallContext);

    private static bool IsAction(IMethodSymbol method)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false })
            return false;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (Bases.Contains(type.GetFullMetadataName()) || type.HasAttribute(ApiControllerAttribute))
                return true;
        }

        return false;
    }
}
