namespace EventBus.Generators.Model;

/// <summary>The TypeScript of one assembly's contracts. Its names and type expressions are TypeScript.</summary>
internal sealed record TypeScriptFile
{
    public required string AssemblyName { get; init; }

    /// <summary>The bus namespaces that have contracts, in order.</summary>
    public required EquatableArray<TypeScriptNamespace> Namespaces { get; init; }

    public required EquatableArray<TypeScriptContract> Contracts { get; init; }

    /// <summary>The user's types that the events carry, directly or inside others.</summary>
    public required EquatableArray<TypeScriptType> Types { get; init; }

    /// <summary>The names of the built-in types that are used.</summary>
    public required EquatableArray<TypeScriptType> BuiltInTypes { get; init; }
}

/// <summary>A bus namespace and its events.</summary>
internal sealed record TypeScriptNamespace
{
    /// <summary>The name as a literal.</summary>
    public required string Literal { get; init; }

    /// <summary>Its contracts, and the events that several of them declare with different arguments.</summary>
    public required EquatableArray<string> Parts { get; init; }
}

/// <summary>One contract: a map from events to the signatures of their listeners.</summary>
internal sealed record TypeScriptContract
{
    public required string Name { get; init; }

    /// <summary>The C# interface.</summary>
    public required string Origin { get; init; }

    public required EquatableArray<TypeScriptEvent> Events { get; init; }
}

/// <summary>One event.</summary>
internal sealed record TypeScriptEvent
{
    /// <summary>The name on the wire as the key of a member.</summary>
    public required string Key { get; init; }

    /// <summary>As <c>user: string</c>; the last one is the callback of an acknowledged event.</summary>
    public required EquatableArray<string> Parameters { get; init; }
}

/// <summary>One of the user's types: an interface with members, or a name for another type.</summary>
internal sealed record TypeScriptType
{
    public required string Name { get; init; }

    /// <summary>The C# type, and a remark on it.</summary>
    public required string Origin { get; init; }

    /// <summary>As <c>coupon?: string | null</c>; null if the type is a name for <see cref="Expression"/>.</summary>
    public EquatableArray<string>? Members { get; init; }

    public string? Expression { get; init; }
}
