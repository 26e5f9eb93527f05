using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the extension methods that send one event: to everyone, to a target, without waiting, and inside a transaction.</summary>
internal static class SenderRenderer
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string EventSender = "global::EventBus.CompilerServices.EventSender";

    public static string Render(ContractModel contract, EventModel item)
    {
        var target = item.TargetParameter;
        return string.Join(
            "\n\n",
            Sender(contract, item, ValueTask, "Emitter", Sent(item, $"{target}.All")),
            Sender(contract, item, ValueTask, "BroadcastOperator", Sent(item, target)),
            Sender(contract, item, "bool", "PostOperator", $"{EventSender}.Post({target}, {Arguments(item)})"),
            Sender(contract, item, ValueTask, "TransactionOperator", Sent(item, target)));
    }

    private static string Sent(EventModel item, string target) => $"{EventSender}.SendAsync({target}, {Arguments(item)}, {item.CancellationParameter})";

    private static string Arguments(EventModel item) => $"new {item.StructName}({string.Join(", ", item.Parameters.Select(static parameter => parameter.Identifier))})";

    private static string Sender(ContractModel contract, EventModel item, string returns, string receiver, string body)
    {
        var parameters = new List<string> { $"this global::EventBus.{receiver}<{contract.TypeName}> {item.TargetParameter}" };
        parameters.AddRange(item.Parameters.Select(Declaration));
        if (returns == ValueTask)
            parameters.Add($"global::System.Threading.CancellationToken {item.CancellationParameter} = default");

        return SourceTemplate.Render(
            $$"""
            /// <inheritdoc cref="{{item.DocumentationId}}"/>
            {{Obsolete(item)}}
            public static {{returns}} {{item.MethodName}}(
                {{string.Join(",\n", parameters)}}) =>
                {{(contract.IsValid ? body : InvalidBody)}};
            """);
    }

    private const string InvalidBody = "throw new global::System.NotSupportedException(\"The contract breaks a rule; see the errors of its declaration.\")";

    private static string Declaration(ParameterModel parameter) =>
        parameter.DefaultValue is { } value ? $"{parameter.TypeName} {parameter.Identifier} = {value}" : $"{parameter.TypeName} {parameter.Identifier}";

    private static string? Obsolete(EventModel item) => item.Obsolete switch
    {
        null => null,
        "" => "[global::System.Obsolete]",
        var arguments => $"[global::System.Obsolete({arguments})]",
    };
}
