using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the field that defines one event: its name, its arguments, its size and the call of a handler's method.</summary>
internal static class EventDefinitionRenderer
{
    private const string CompilerServices = "global::EventBus.CompilerServices";

    public static string Render(ContractModel contract, EventModel item) => SourceTemplate.Render(
        $$"""
        {{(item.IsObsolete ? EmittedFile.Obsolete : null)}}
        private static readonly {{Type(contract, item)}} {{item.DefinitionName}} = new(
            {{item.WireName}},
            "{{string.Join(" ", item.Parameters.Select(Parameter))}}",
            new() { {{Size(item.Size!)}} },
            static ({{Names(item)}}) => {{Call(item)}}){{Settings(item)}};
        """);

    private static string Type(ContractModel contract, EventModel item) => SourceTemplate.Render(
        $$"""
        {{CompilerServices}}.{{(item.Ack is null ? "OneWayEvent" : "AcknowledgedEvent")}}<
            {{string.Join(",\n", Types(contract, item))}}>
        """);

    private static IEnumerable<string> Types(ContractModel contract, EventModel item)
    {
        yield return contract.TypeName;
        yield return LongType.Break(ArgumentsRenderer.Type(item.Parameters));
        yield return LongType.Break(ArgumentsRenderer.Formatter(item.Parameters));
        if (item.Ack is not { } ack)
            yield break;
        yield return LongType.Break(ack.TypeName);
        yield return LongType.Break(ack.Formatter!);
    }

    private static string Parameter(ParameterModel parameter) => parameter switch
    {
        { DefaultValue: null } => parameter.Name,
        { TakesNull: true } => $"{parameter.Name}?",
        _ => $"{parameter.Name}??",
    };

    private static string Size(EventSizeModel size)
    {
        var greatest = size.Greatest is { } most ? $", Greatest = {most}" : null;
        var attached = size.IsAlwaysAttached ? ", IsAlwaysAttached = true" : null;
        return $"Least = {size.Least}, Likely = {size.Likely}{greatest}{attached}";
    }

    private static string Names(EventModel item)
    {
        var arguments = item.HandlerArguments.Any(static argument => argument.Kind == HandlerArgumentKind.Received)
            ? ArgumentsRenderer.Name(item.Parameters)
            : "_";
        var provided = item.HandlerArguments.Any(static argument => argument.Kind != HandlerArgumentKind.Received) ? "provided" : "_";
        return $"handler, {arguments}, {provided}";
    }

    private static string Call(EventModel item)
    {
        // Call an inherited event on the interface that declares it: two base interfaces may have methods of one name.
        var handler = item.DeclaringType is { } declaring ? $"(({declaring})handler)" : "handler";
        var call = $"{handler}.{item.MethodName}({string.Join(", ", item.HandlerArguments.Select(argument => Argument(item, argument)))})";
        return item.Returns switch
        {
            EventReturn.Void => $"{{ {call}; return default; }}",
            EventReturn.Task => $"new({call})",
            _ => call,
        };
    }

    private static string Argument(EventModel item, HandlerArgumentModel argument) => argument.Kind switch
    {
        HandlerArgumentKind.Context => "provided.Context",
        HandlerArgumentKind.CancellationToken => "provided.CancellationToken",
        _ => ArgumentsRenderer.Item(item.Parameters, argument.Index),
    };

    private static string Key(EventModel item)
    {
        var key = item.Parameters[item.PartitionKey];
        var types = $"{key.TypeName},\n{LongType.Break(key.Formatter!)}".Replace("\n", "\n        ");
        return $"Key = static {ArgumentsRenderer.Name(item.Parameters)} => {CompilerServices}.PartitionKey.Of<\n        {types}>("
            + $"{ArgumentsRenderer.Item(item.Parameters, item.PartitionKey)})";
    }

    private static string? Settings(EventModel item)
    {
        var settings = new List<string>();
        if (item.Parameters.Any(static parameter => parameter.DefaultValue is not null))
        {
            var defaults = item.Parameters.Select(static parameter => parameter.DefaultValue ?? "default!");
            settings.Add($"Defaults = {ArgumentsRenderer.New([.. defaults])}");
        }

        if (item.HandlerArguments.Any(static argument => argument.Kind == HandlerArgumentKind.Context))
            settings.Add("TakesContext = true");
        if (item.IsJournaled)
            settings.Add("IsJournaled = true");
        if (item is { IsJournaled: true, PartitionKey: >= 0 })
            settings.Add(Key(item));
        return settings.Count == 0 ? null : $"\n{{\n{string.Concat(settings.Select(static setting => $"    {setting},\n"))}}}";
    }
}
