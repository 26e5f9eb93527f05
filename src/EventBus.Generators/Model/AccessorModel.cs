namespace EventBus.Generators.Model;

/// <summary>An <c>[UnsafeAccessor]</c>: how generated code gets at a private member of its own assembly.</summary>
internal sealed record AccessorModel
{
    public required AccessorKind Kind { get; init; }

    /// <summary>What the emitted method is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for, as the runtime calls it.</summary>
    public required string MetadataName { get; init; }

    /// <summary>The type that declares the member.</summary>
    public required string DeclaringType { get; init; }

    /// <summary>Whether that type is a struct, which is passed by reference.</summary>
    public required bool IsOfStruct { get; init; }

    public required string ValueType { get; init; }
}
