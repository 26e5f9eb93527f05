using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns an event's method into its model.</summary>
internal static class EventParser
{
    public static EventModel Parse(
        IMethodSymbol method, INamedTypeSymbol contract, IdentifierScope definitionNames, FormatterComposer? composer, TypeBounds? bounds)
    {
        var codes = NamedBy(method, contract.ContainingAssembly);
        if (composer is not null)
            composer.Codes = codes;
        var sent = EventSignature.SentParameters(method).ToList();

        // The formatters add the codes that they cause.
        var ack = Ack(method, composer);
        var parameters = sent.Select((parameter, index) => Parse(parameter, composer, sent.Skip(index + 1))).ToEquatableArray();
        var marks = SymbolMarks.Of(method).ToList();
        var isMarked = marks.Any(SymbolMarks.IsObsolete);
        var isInObsolete = SymbolMarks.IsObsolete(contract);

        // An obsolete contract may name symbols that a contract that inherits it may not name.
        var needsMark = !isMarked && !isInObsolete && codes.HasErrors && SymbolMarks.IsObsolete(method.ContainingType);
        var senderNames = new IdentifierScope(sent.Select(static parameter => parameter.Name));
        var token = method.Parameters.FirstOrDefault(EventSignature.IsCancellationToken);
        var isInherited = !SymbolEqualityComparer.Default.Equals(method.ContainingType, contract);
        return new EventModel
        {
            MethodName = IdentifierScope.Escape(method.Name),
            DefinitionName = definitionNames.Declare($"{method.Name}Event"),
            WireName = SymbolDisplay.FormatLiteral(WireName.OfEvent(method), quote: true),
            DocumentationId = method.GetDocumentationCommentId() ?? method.Name,
            DeclaringType = isInherited ? TypeName.OfStrict(method.ContainingType) : null,
            Marks = marks.Select(SymbolMarks.Source).ToEquatableArray(),
            NeedsMark = needsMark,
            IsObsolete = isMarked || needsMark,
            Returns = Returns(method),
            Ack = ack,
            IsJournaled = JournaledEvents.Contain(method, contract),
            PartitionKey = sent.FindIndex(JournaledEvents.IsKey),
            HasServerSide = !WireName.IsReservedForNodes(WireName.OfEvent(method)),
            Parameters = parameters,
            HandlerArguments = method.Parameters.Select(parameter => HandlerArgument(parameter, sent)).ToEquatableArray(),
            Size = bounds is null ? null : Size(EventBounds.Of(method, contract, bounds)),
            CancellationParameter = senderNames.Declare(token?.Name ?? "cancellationToken"),
            TargetParameter = senderNames.Declare("target"),
            TargetType = senderNames.Declare(method.Name == "TTarget" ? "TTarget_" : "TTarget"),

            SuppressedCodes = codes.ToModel(isMarked || needsMark || isInObsolete),
        };
    }

    private static EventReturn Returns(IMethodSymbol method) =>
        method.ReturnsVoid ? EventReturn.Void
        : method.ReturnType.Name == nameof(EventReturn.Task) ? EventReturn.Task
        : EventReturn.ValueTask;

    private static AckModel? Ack(IMethodSymbol method, FormatterComposer? composer) => EventSignature.AckType(method) is { } ack
        ? new AckModel { TypeName = TypeName.Of(ack), Formatter = composer?.TryComposeAck(method)?.Name }
        : null;

    private static ParameterModel Parse(IParameterSymbol parameter, FormatterComposer? composer, IEnumerable<IParameterSymbol> following)
    {
        var formatter = composer?.TryCompose(parameter);

        // An attribute can make any parameter optional; the emitted code can do so only if all following ones are optional.
        var mayBeOptional = following.All(static other => DefaultValue.Of(other) is not null);
        return new ParameterModel
        {
            Name = parameter.Name,
            Identifier = IdentifierScope.Escape(parameter.Name),
            TypeName = TypeName.Of(parameter.Type),
            Formatter = formatter?.Name,
            TakesNull = formatter is { TakesNull: true },
            DefaultValue = mayBeOptional ? DefaultValue.Of(parameter) : null,
        };
    }

    private static HandlerArgumentModel HandlerArgument(IParameterSymbol parameter, List<IParameterSymbol> sent) =>
        EventSignature.IsContext(parameter) ? new HandlerArgumentModel(HandlerArgumentKind.Context)
        : EventSignature.IsCancellationToken(parameter) ? new HandlerArgumentModel(HandlerArgumentKind.CancellationToken)
        : new HandlerArgumentModel(HandlerArgumentKind.Received, sent.IndexOf(parameter));

    // An event that may hold binary may travel as an attachment, however short it is.
    private static EventSizeModel Size(ByteBounds bounds) => new(
        bounds.Least,
        bounds.Likely,
        bounds.Binary == BinaryPresence.Never ? bounds.Greatest : null,
        bounds.Binary == BinaryPresence.Always || bounds.Least >= EventBounds.PayloadLimit);

    private static SuppressedCodes NamedBy(IMethodSymbol method, IAssemblySymbol assembly)
    {
        var codes = new SuppressedCodes(assembly);
        codes.AddMember(method);
        codes.Add(method.ContainingType);
        codes.Add(EventSignature.AckType(method));
        foreach (var parameter in method.Parameters)
            codes.Add(parameter.Type);
        return codes;
    }
}
