using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>A class with [EventHandler]. The generator adds it to a bus, unless an analyzer reports a problem.</summary>
internal static class HandlerClass
{
    /// <summary>
    /// The contracts that it implements. A contract that another one inherits is left out: the socket of the other one has its events.
    /// </summary>
    public static IEnumerable<INamedTypeSymbol> Contracts(INamedTypeSymbol handler) => handler.AllInterfaces
        .Where(type => ContractEvents.IsContract(type)
            && !handler.AllInterfaces.Any(other => ContractEvents.IsContract(other)
                && other.AllInterfaces.Contains(type, SymbolEqualityComparer.Default)));

    /// <summary>Its attributes.</summary>
    public static IEnumerable<AttributeData> Attributes(INamedTypeSymbol handler) => handler.GetAttributes()
        .Where(static attribute => attribute.AttributeClass?.IsNamed(KnownNames.EventHandlerAttribute) is true);

    public static bool IsServerSide(AttributeData attribute) => attribute.FindNamed("IsServerSide") is true;

    /// <summary>The rooms that an attribute names; null if it is not valid C# yet.</summary>
    public static string[]? Rooms(AttributeData attribute) =>
        attribute.ConstructorArguments is { Length: 1 } arguments
            && arguments[0] is { Kind: TypedConstantKind.Array, IsNull: false } rooms
            && rooms.Values.All(static room => room.Value is string)
            ? [.. rooms.Values.Select(static room => (string)room.Value!)]
            : null;

    /// <summary>The reason why no bus can create the class, or call it; null if there is none.</summary>
    public static string? FindProblem(INamedTypeSymbol handler, Compilation compilation) => handler switch
    {
        { IsStatic: true } => "is static; remove 'static'",
        { IsAbstract: true } => "is abstract; put the attribute on the classes that derive from it",
        _ when IsGeneric(handler) => "is generic; call AddHandler for each closed type instead",
        _ when !compilation.IsSymbolAccessibleWithin(handler, compilation.Assembly) =>
            "is not accessible in the project; make it internal or public",
        { IsFileLocal: true } => "is local to its file; remove 'file'",
        _ when !Contracts(handler).Any() => "implements no contract; implement an interface with [BroadcastEvent]",
        { InstanceConstructors: var constructors } when !constructors.Any(static constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public) => "has no public constructor; add one",
        _ when Attributes(handler).Any(static attribute => IsServerSide(attribute) && Rooms(attribute) is { Length: > 0 }) =>
            "handles server-side events, which have no rooms; remove the rooms or 'IsServerSide'",
        _ => null,
    };

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.IsGenericType || IsGeneric(type.ContainingType));
}
