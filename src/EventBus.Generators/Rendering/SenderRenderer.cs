using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the extension methods that send one event: one for each type that offers it.</summary>
internal static class SenderRenderer
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string Sender = "global::EventBus.CompilerServices.EventSender";
    private const string AckSender = "global::EventBus.CompilerServices.AckSender";
    private const string InvalidBody = "throw new global::System.NotSupportedException(\"The contract breaks a rule; see the errors of its declaration.\")";

    public static string Render(ContractModel contract, EventModel item) =>
        string.Join("\n\n", item.Answer is null ? OneWay(contract, item) : Acknowledged(contract, item, item.Answer));

    private static IEnumerable<string> OneWay(ContractModel contract, EventModel item)
    {
        var target = item.TargetParameter;
        yield return Method(contract, item, ValueTask, "Emitter", $"{Sender}.SendAsync({target}.All, {New(item)}, {item.CancellationParameter})");
        foreach (var receiver in (string[])["BroadcastOperator", "PublisherOperator", "TransactionOperator"])
            yield return Method(contract, item, ValueTask, receiver, $"{Sender}.SendAsync({target}, {New(item)}, {item.CancellationParameter})");
        yield return Method(contract, item, "bool", "PostOperator", $"{Sender}.Post({target}, {New(item)})", isCancellable: false);
        if (item.HasServerSide)
            yield return Method(contract, item, ValueTask, "ServerSideOperator", $"{Sender}.SendAsync({target}, {New(item)}, {item.CancellationParameter})");
    }

    // The answer's type is inferred from nothing, so here all types are named.
    private static IEnumerable<string> Acknowledged(ContractModel contract, EventModel item, AnswerModel answer)
    {
        var target = item.TargetParameter;
        var types = $"<{contract.TypeName}, {item.StructName}, {answer.TypeName}>";
        var acks = $"{ValueTask}<global::EventBus.Acks<{answer.TypeName}>>";
        yield return Method(contract, item, acks, "Emitter", Sent($"{target}.All"));
        yield return Method(contract, item, acks, "BroadcastOperator", Sent(target));
        yield return Method(contract, item, acks, "AckOperator", Sent(target));
        yield return Method(
            contract, item, $"global::EventBus.AckStream<{answer.TypeName}>", "AckStreamOperator", $"{AckSender}.Stream{types}({target}, {New(item)})", isCancellable: false);
        if (!item.HasServerSide)
            yield break;

        var serverSideAcks = $"{ValueTask}<global::EventBus.ServerSideAcks<{answer.TypeName}>>";
        yield return Method(contract, item, serverSideAcks, "NodeServerSideOperator", Sent(target));
        yield return Method(contract, item, serverSideAcks, "ServerSideAckOperator", Sent(target));

        string Sent(string target) => $"{AckSender}.SendAsync{types}({target}, {New(item)}, {item.CancellationParameter})";
    }

    private static string New(EventModel item) => $"new {item.StructName}({string.Join(", ", item.Parameters.Select(static parameter => parameter.Identifier))})";

    private static string Method(ContractModel contract, EventModel item, string returns, string receiver, string body, bool isCancellable = true)
    {
        var parameters = new List<string> { $"this global::EventBus.{receiver}<{contract.TypeName}> {item.TargetParameter}" };
        parameters.AddRange(item.Parameters.Select(Declaration));
        if (isCancellable)
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

    private static string Declaration(ParameterModel parameter) =>
        parameter.DefaultValue is { } value ? $"{parameter.TypeName} {parameter.Identifier} = {value}" : $"{parameter.TypeName} {parameter.Identifier}";

    private static string? Obsolete(EventModel item) => item.Obsolete switch
    {
        null => null,
        "" => "[global::System.Obsolete]",
        var arguments => $"[global::System.Obsolete({arguments})]",
    };
}
