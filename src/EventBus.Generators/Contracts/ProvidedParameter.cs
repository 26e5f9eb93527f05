using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Which parameters of an event are sent, and which the bus provides where the event is received.</summary>
internal static class ProvidedParameter
{
    public static bool IsContext(IParameterSymbol parameter) => IsNamed(parameter, KnownNames.EventContext);

    public static bool IsCancellationToken(IParameterSymbol parameter) => IsNamed(parameter, KnownNames.CancellationToken);

    public static bool Is(IParameterSymbol parameter) => IsContext(parameter) || IsCancellationToken(parameter);

    /// <summary>The event's other parameters, in their order.</summary>
    public static IEnumerable<IParameterSymbol> OthersOf(IMethodSymbol method) => method.Parameters.Where(static parameter => !Is(parameter));

    // A nullable one is meant as one, too: a rule says that it must not be.
    private static bool IsNamed(IParameterSymbol parameter, string name) =>
        parameter.Type is INamedTypeSymbol type
        && (type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } ? type.TypeArguments[0] as INamedTypeSymbol : type)?.IsNamed(name) is true;
}
