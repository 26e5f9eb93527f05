namespace EventBus.Generators.Model;

/// <summary>One event of a contract.</summary>
internal sealed record EventModel
{
    /// <summary>The name of the method, escaped if it is a keyword.</summary>
    public required string MethodName { get; init; }

    /// <summary>The name of the field that defines the event.</summary>
    public required string DefinitionName { get; init; }

    /// <summary>The name on the wire as a C# literal.</summary>
    public required string WireName { get; init; }

    /// <summary>The id by which a <c>cref</c> refers to the method.</summary>
    public required string DocumentationId { get; init; }

    /// <summary>The interface that declares an inherited event, fully qualified; null if the contract itself declares it.</summary>
    public required string? DeclaringType { get; init; }

    /// <summary>The attributes of the method that its senders have as well, as source: <c>[Obsolete]</c> and the like.</summary>
    public required EquatableArray<string> Marks { get; init; }

    /// <summary>Whether the senders are obsolete although the method is not: they name symbols that only obsolete code may name.</summary>
    public required bool NeedsMark { get; init; }

    /// <summary>Whether the senders and the definition are obsolete.</summary>
    public required bool IsObsolete { get; init; }

    /// <summary>The codes of the diagnostics that the code of the event causes.</summary>
    public required EquatableArray<string> SuppressedCodes { get; init; }

    public required EventReturn Returns { get; init; }

    /// <summary>Null if the event is one way.</summary>
    public required AckModel? Ack { get; init; }

    /// <summary>Whether it is written to the journal.</summary>
    public required bool IsJournaled { get; init; }

    /// <summary>The index of the sent parameter that is the partition key; -1 if there is none.</summary>
    public required int PartitionKey { get; init; }

    /// <summary>Whether nodes themselves can receive an event of this name.</summary>
    public required bool HasServerSide { get; init; }

    /// <summary>The parameters that are sent.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>The arguments for a handler's method, one for each of its parameters.</summary>
    public required EquatableArray<HandlerArgumentModel> HandlerArguments { get; init; }

    /// <summary>Null if the contract is not valid.</summary>
    public required EventSizeModel? Size { get; init; }

    /// <summary>The sender's own parameter for the target. No sent parameter has this name.</summary>
    public required string TargetParameter { get; init; }

    /// <summary>The sender's type parameter for the type of the target.</summary>
    public required string TargetType { get; init; }

    /// <summary>The sender's own parameter for the cancellation token. It has the name of the event's own token, if there is one.</summary>
    public required string CancellationParameter { get; init; }
}

/// <summary>The type that an event's method returns, apart from the ack.</summary>
internal enum EventReturn
{
    Void,
    Task,
    ValueTask,
}

/// <summary>The ack of an event.</summary>
internal sealed record AckModel
{
    public required string TypeName { get; init; }

    /// <summary>The closed formatter; null if the contract is not valid.</summary>
    public required string? Formatter { get; init; }
}

/// <summary>One parameter of an event that is sent.</summary>
internal sealed record ParameterModel
{
    /// <summary>The name as it appears in an error message.</summary>
    public required string Name { get; init; }

    /// <summary>The name, escaped if it is a keyword.</summary>
    public required string Identifier { get; init; }

    public required string TypeName { get; init; }

    /// <summary>The closed formatter; null if the contract is not valid.</summary>
    public required string? Formatter { get; init; }

    /// <summary>Whether null is a value of the type. If not, null on the wire means the default value.</summary>
    public required bool TakesNull { get; init; }

    /// <summary>The default value as source; null if there is none.</summary>
    public required string? DefaultValue { get; init; }
}

/// <summary>One argument for a handler's method.</summary>
/// <param name="Kind">The source of the argument.</param>
/// <param name="Index">The index of the sent parameter; -1 for an argument that the bus provides.</param>
internal sealed record HandlerArgumentModel(HandlerArgumentKind Kind, int Index = -1);

/// <summary>The source of a handler's argument.</summary>
internal enum HandlerArgumentKind
{
    /// <summary>The argument was sent.</summary>
    Received,

    /// <summary>The event's context.</summary>
    Context,

    /// <summary>The token that is cancelled when the bus stops.</summary>
    CancellationToken,
}

/// <summary>The bytes that the notification of an event takes.</summary>
internal sealed record EventSizeModel(long Least, long Likely, long? Greatest, bool IsAlwaysAttached);
