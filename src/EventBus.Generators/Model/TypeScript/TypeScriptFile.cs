namespace EventBus.Generators.Model.TypeScript;

/// <summary>All that is rendered for the contracts of one assembly. Names and type expressions in it are TypeScript's.</summary>
internal sealed record TypeScriptFile
{
    public required string AssemblyName { get; init; }

    /// <summary>The bus namespaces that have contracts, in order.</summary>
    public required EquatableArray<TypeScriptNamespace> Namespaces { get; init; }

    public required EquatableArray<TypeScriptContract> Contracts { get; init; }

    /// <summary>Every type of the user's that the events carry, directly or inside others.</summary>
    public required EquatableArray<TypeScriptType> Types { get; init; }

    /// <summary>The names for built-in types that are used.</summary>
    public required EquatableArray<TypeScriptType> BuiltInTypes { get; init; }
}
