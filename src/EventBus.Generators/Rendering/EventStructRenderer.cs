using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the struct that holds one event's arguments, writes them, reads them and hands them to a handler.</summary>
internal static class EventStructRenderer
{
    private const string Serialization = "global::EventBus.Serialization";
    private const string CompilerServices = "global::EventBus.CompilerServices";
    private const string Context = "global::EventBus.EventContext";
    private const string CancellationToken = "global::System.Threading.CancellationToken";
    private const string ArgumentReader = $"{CompilerServices}.ArgumentReader";

    public static string Render(ContractModel contract, EventModel item) => SourceTemplate.Render(
        $$"""
        private readonly struct {{item.StructName}}{{PrimaryConstructor(item)}} : {{Interface(contract, item)}}
        {
            {{Fields(item)}}
            {{(TakesContext(item) ? $"private {Context}? Context {{ get; init; }}\n" : null)}}
            public static global::System.ReadOnlySpan<byte> Name => {{item.WireName}}u8;

            public static int ArgumentCount => {{item.Parameters.Count}};

            public static string Parameters => "{{string.Join(" ", item.Parameters.Select(static parameter => parameter.Name.Trim('"')))}}";

            public static global::EventBus.EventSize Size => new() { {{Size(item.Size!)}} };

            {{(TakesContext(item) ? WithContext(item) : null)}}
            public static void WriteArguments<TWriter>(ref TWriter writer, in {{item.StructName}} value)
                where TWriter : {{Serialization}}.IValueWriter, allows ref struct
            {
                {{item.Parameters.Select(static parameter => $"{parameter.Formatter}.Write(ref writer, value.{parameter.Field});")}}
            }

            public static {{item.StructName}} ReadArguments<TReader>(ref TReader reader, ref {{Serialization}}.ValueCursor arguments)
                where TReader : {{Serialization}}.IValueReader, allows ref struct
                => {{Read(item)}};

            {{(item.Answer is { } answer ? AnswerFormat(answer) : null)}}
            {{Invocation(contract, item)}}
        }
        """);

    private static string Interface(ContractModel contract, EventModel item) => item.Answer is { } answer
        ? $"{CompilerServices}.IAcknowledgedEvent<{contract.TypeName}, {item.StructName}, {answer.TypeName}>"
        : $"{CompilerServices}.IOneWayEvent<{contract.TypeName}, {item.StructName}>";

    private static string AnswerFormat(AnswerModel answer) => SourceTemplate.Render(
        $$"""
        public static void WriteAnswer<TWriter>(ref TWriter writer, in {{answer.TypeName}} answer)
            where TWriter : {{Serialization}}.IValueWriter, allows ref struct
        {
            {{answer.Formatter}}.Write(ref writer, answer);
        }

        public static {{answer.TypeName}} ReadAnswer<TReader>(ref TReader reader)
            where TReader : {{Serialization}}.IValueReader, allows ref struct
            => {{answer.Formatter}}.Read(ref reader);

        """);

    // The context is no argument of the constructor: who sends has none.
    private static string WithContext(EventModel item) => SourceTemplate.Render(
        $$"""
        public static bool TakesContext => true;

        public static {{item.StructName}} WithContext(in {{item.StructName}} value, {{Context}} context) => value with { Context = context };

        """);

    private static bool TakesContext(EventModel item) => item.HandlerArguments.Any(static argument => argument.Kind == HandlerArgumentKind.Context);

    private static string? PrimaryConstructor(EventModel item) =>
        item.Parameters.Count == 0 ? null : $"({string.Join(", ", item.Parameters.Select(static parameter => $"{parameter.TypeName} {parameter.Identifier}"))})";

    private static string Fields(EventModel item) =>
        string.Concat(item.Parameters.Select(static parameter => $"private readonly {parameter.TypeName} {parameter.Field} = {parameter.Identifier};\n"));

    private static string Size(EventSizeModel size)
    {
        var greatest = size.Greatest is { } most ? $", Greatest = {most}" : null;
        var attached = size.IsAlwaysAttached ? ", IsAlwaysAttached = true" : null;
        return $"Least = {size.Least}, Likely = {size.Likely}{greatest}{attached}";
    }

    private static string Read(EventModel item)
    {
        if (item.Parameters.Count == 0)
            return "default";
        return $"new({string.Join(",", item.Parameters.Select(static parameter => $"\n    {Read(parameter)}"))})";
    }

    private static string Read(ParameterModel parameter)
    {
        var types = $"<TReader, {parameter.TypeName}, {parameter.Formatter}>";
        return parameter.DefaultValue is { } value
            ? $"{ArgumentReader}.{(parameter.TakesNull ? "Optional" : "OptionalNotNull")}{types}(ref reader, ref arguments, {parameter.Name}, {value})"
            : $"{ArgumentReader}.Required{types}(ref reader, ref arguments, {parameter.Name})";
    }

    private static string Argument(HandlerArgumentModel argument) => argument.Kind switch
    {
        HandlerArgumentKind.Context => "value.Context!",
        HandlerArgumentKind.CancellationToken => "cancellationToken",
        _ => $"value.{argument.Field}",
    };

    private static string Invocation(ContractModel contract, EventModel item)
    {
        // An inherited event is called on the interface that declares it: two bases may have methods of one name.
        var handler = item.DeclaringType is { } declaring ? $"(({declaring})handler)" : "handler";
        var call = $"{handler}.{item.MethodName}({string.Join(", ", item.HandlerArguments.Select(Argument))})";
        var answer = item.Answer is { } model ? $"<{model.TypeName}>" : null;
        var signature = $"public static global::System.Threading.Tasks.ValueTask{answer} InvokeAsync({contract.TypeName} handler, in {item.StructName} value, {CancellationToken} cancellationToken)";

        // What is obsolete may call what is obsolete, even where that is an error.
        var obsolete = item.Obsolete is null ? null : "[global::System.Obsolete]\n";
        return obsolete + item.Returns switch
        {
            EventReturn.Void => $"{signature}\n{{\n    {call};\n    return default;\n}}",
            EventReturn.Task => $"{signature} =>\n    new({call});",
            _ => $"{signature} =>\n    {call};",
        };
    }
}
