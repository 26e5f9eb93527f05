namespace EventBus.Generators.Model;

/// <summary>One event of a contract.</summary>
internal sealed record EventModel
{
    /// <summary>The method's name, escaped where it is a keyword.</summary>
    public required string MethodName { get; init; }

    /// <summary>The name of the field that defines the event.</summary>
    public required string DefinitionName { get; init; }

    /// <summary>The name on the wire as a C# literal.</summary>
    public required string WireName { get; init; }

    /// <summary>What a <c>cref</c> to the method says.</summary>
    public required string DocumentationId { get; init; }

    /// <summary>The interface that declares an inherited event, fully qualified; null where the contract itself does.</summary>
    public required string? DeclaringType { get; init; }

    /// <summary>The arguments of <c>[Obsolete]</c> as source; null where the event is not obsolete.</summary>
    public required string? Obsolete { get; init; }

    public required EventReturn Returns { get; init; }

    /// <summary>Null where the event is one way.</summary>
    public required AnswerModel? Answer { get; init; }

    /// <summary>Whether its name is one that nodes themselves can be sent.</summary>
    public required bool HasServerSide { get; init; }

    /// <summary>The parameters that are sent.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>What a handler's method is called with: for each of the method's parameters one.</summary>
    public required EquatableArray<HandlerArgumentModel> HandlerArguments { get; init; }

    /// <summary>Null where the contract is not valid.</summary>
    public required EventSizeModel? Size { get; init; }

    /// <summary>Names for the senders' own parameters, which nothing that is sent has.</summary>
    public required string TargetParameter { get; init; }

    /// <summary>The type parameter that stands for the target's type.</summary>
    public required string TargetType { get; init; }

    /// <summary>As the event's own parameter of that kind is called, where it has one.</summary>
    public required string CancellationParameter { get; init; }
}
