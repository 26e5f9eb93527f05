namespace EventBus.Analyzers.Serializers;

/// <summary>
/// One attribute of a serializer, and how much of it EventBus follows. An argument that is not listed changes the form of a value for that
/// serializer, and has no effect here.
/// </summary>
internal sealed class SerializerAttribute(string metadataName)
{
    public string MetadataName { get; } = metadataName;

    /// <summary>Whether no argument changes anything that this wire has, or EventBus follows all of them.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The arguments that EventBus follows, or that concern nothing that this wire has, by their names in any case.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>The arguments of which only some values are like that.</summary>
    public (string Argument, object[] Values)[] Values { get; init; } = [];

    /// <summary>The arguments that give a name, which EventBus does not follow.</summary>
    public string[] Names { get; init; } = [];

    /// <summary>Whether it puts a member on the wire of its serializer.</summary>
    public bool IsMark { get; init; }

    /// <summary>Whether it lists derived types. EventBus knows these only from <c>[JsonDerivedType]</c>.</summary>
    public bool ListsTypes { get; init; }

    public bool Allows(string argument, object? value) =>
        IsComplete
        || Arguments.Contains(argument, StringComparer.OrdinalIgnoreCase)
        || Values.Any(allowed =>
            string.Equals(allowed.Argument, argument, StringComparison.OrdinalIgnoreCase) && allowed.Values.Contains(value));
}
