using EventBus.Generators.Contracts.Shapes;

namespace EventBus.Generators.Model;

/// <summary>A class or struct that events carry.</summary>
internal sealed record PayloadModel : FormatterModel
{
    /// <summary>The discriminator, which is written first; null if the payload is not the case of a union.</summary>
    public required DiscriminatorModel? Discriminator { get; init; }

    /// <summary>The members in the order in which they are written.</summary>
    public required EquatableArray<PayloadMemberModel> Members { get; init; }

    /// <summary>The locals that are the arguments of the constructor, in its order.</summary>
    public required EquatableArray<string> ConstructorArguments { get; init; }

    /// <summary>The parameters of the constructor if generated code needs an accessor to call it; else null.</summary>
    public required EquatableArray<string>? CreatorParameters { get; init; }
}

/// <summary>One member of a payload.</summary>
internal sealed record PayloadMemberModel
{
    /// <summary>The name of the property or field, escaped if it is a keyword.</summary>
    public required string Identifier { get; init; }

    /// <summary>The local that holds the value while the payload is read.</summary>
    public required string Local { get; init; }

    /// <summary>The local that says whether the member was present.</summary>
    public required string SeenLocal { get; init; }

    /// <summary>The name on the wire as a C# literal.</summary>
    public required string WireName { get; init; }

    /// <summary>The name in the list of members, as a part of a C# literal.</summary>
    public required string ListedName { get; init; }

    public required string TypeName { get; init; }

    public required string Formatter { get; init; }

    /// <summary>Whether null is a value of the type. If not, null on the wire means that the member is missing.</summary>
    public required bool TakesNull { get; init; }

    /// <summary>The value before the member is read, as source.</summary>
    public required string InitialValue { get; init; }

    public required MemberPresence Presence { get; init; }

    public required OmitCondition Omit { get; init; }

    /// <summary>Whether the constructor takes the member. If not, it is set in the initializer, by an accessor, or filled.</summary>
    public required bool IsConstructorArgument { get; init; }

    /// <summary>Whether C# requires the member in every initializer.</summary>
    public required bool IsRequiredBySyntax { get; init; }

    /// <summary>The accessor that gets the value; null if generated code can name the member.</summary>
    public required AccessorModel? Getter { get; init; }

    /// <summary>The accessor that sets the value; null if the constructor takes the value or generated code can name the member.</summary>
    public required AccessorModel? Setter { get; init; }

    /// <summary>How the items of the member are read if it is filled, because nothing can set it; else null.</summary>
    public required ItemsModel? Items { get; init; }

    /// <summary>The type of the local.</summary>
    public string LocalType => Items?.TypeName ?? TypeName;

    /// <summary>The closed formatter that reads the local.</summary>
    public string LocalFormatter => Items?.Formatter ?? Formatter;
}

/// <summary>The items of a collection that are added to another one.</summary>
/// <param name="TypeName">The type that holds them while the payload is read: a list or dictionary.</param>
/// <param name="Formatter">The closed formatter of that type.</param>
internal sealed record ItemsModel(string TypeName, string Formatter);

/// <summary>An <c>[UnsafeAccessor]</c>, by which generated code accesses a private member of its own assembly.</summary>
internal sealed record AccessorModel
{
    public required AccessorKind Kind { get; init; }

    /// <summary>The name of the emitted method.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the accessed member in metadata.</summary>
    public required string MetadataName { get; init; }

    /// <summary>The type that declares the member.</summary>
    public required string DeclaringType { get; init; }

    /// <summary>Whether that type is a struct, which is passed by reference.</summary>
    public required bool IsOfStruct { get; init; }

    public required string ValueType { get; init; }
}

/// <summary>The kind of member that an accessor accesses.</summary>
internal enum AccessorKind
{
    Getter,
    Setter,
    Field,
}
