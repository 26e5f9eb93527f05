using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The parts of an event's signature: the parameters that are sent, the parameters that the bus provides, and the ack.</summary>
internal static class EventSignature
{
    /// <summary>The name of the ack in the path to one of its parts.</summary>
    public const string AckName = "ack";

    /// <summary>The parameters that are sent, in their order.</summary>
    public static IEnumerable<IParameterSymbol> SentParameters(IMethodSymbol method) =>
        method.Parameters.Where(static parameter => !IsProvided(parameter));

    /// <summary>Whether the bus provides the parameter when an event is received.</summary>
    public static bool IsProvided(IParameterSymbol parameter) => IsContext(parameter) || IsCancellationToken(parameter);

    public static bool IsContext(IParameterSymbol parameter) => IsNamed(parameter, KnownNames.EventContext);

    public static bool IsCancellationToken(IParameterSymbol parameter) => IsNamed(parameter, KnownNames.CancellationToken);

    /// <summary>The <c>T</c> of the <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c> that is returned; null if there is none.</summary>
    public static ITypeSymbol? AckType(IMethodSymbol method) =>
        method is { ReturnsByRef: false, ReturnsByRefReadonly: false, ReturnType: INamedTypeSymbol { Arity: 1 } type }
        && (type.IsNamed(KnownNames.Task + "`1") || type.IsNamed(KnownNames.ValueTask + "`1"))
            ? type.TypeArguments[0]
            : null;

    // A nullable parameter counts as well: EVB1016 says that it must not be nullable.
    private static bool IsNamed(IParameterSymbol parameter, string name)
    {
        var isNullable = parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var type = isNullable ? ((INamedTypeSymbol)parameter.Type).TypeArguments[0] : parameter.Type;
        return type is INamedTypeSymbol named && named.IsNamed(name);
    }
}
