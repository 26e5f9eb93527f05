using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Tells which functions run once for every request or event: handlers of the bus, endpoints, the actions of controllers, pages and hubs, middleware and gRPC methods.</summary>
internal sealed class PerCallFunctions(BusSymbols symbols)
{
    private const string HttpContext = "Microsoft.AspNetCore.Http.HttpContext";
    private const string ServerCallContext = "Grpc.Core.ServerCallContext";
    private const string ApiControllerAttribute = "Microsoft.AspNetCore.Mvc.ApiControllerAttribute";
    private const string EndpointExtensions = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";

    // What makes their public methods actions.
    private static readonly HashSet<string> Bases = ["Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.SignalR.Hub"];

    private readonly HandlerSymbols _handlers = new(symbols);

    /// <summary>The function around the operation that runs once a call; null if there is none.</summary>
    public IMethodSymbol? Around(IOperation operation, ISymbol containingSymbol)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation function && (_handlers.IsHandler(function) || IsEndpoint(function)))
                return function.Symbol;
        }

        return containingSymbol is IMethodSymbol method && (_handlers.IsHandler(method) || TakesCall(method) || IsAction(method)) ? method : null;
    }

    private static bool IsEndpoint(IAnonymousFunctionOperation function) => TakesCall(function.Symbol) || ArgumentOf(function)?.TargetMethod.ContainingType.GetFullMetadataName() == EndpointExtensions;

    private static IInvocationOperation? ArgumentOf(IOperation function)
    {
        var parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation)
            parent = parent.Parent;
        return parent is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }

    private static bool TakesCall(IMethodSymbol method) =>
        method.Parameters.Any(static parameter => parameter.Type is INamedTypeSymbol type && type.GetFullMetadataName() is HttpContext or ServerCallContext);

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
