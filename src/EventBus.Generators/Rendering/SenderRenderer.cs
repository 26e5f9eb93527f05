using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the extension methods that send one event: one for each way it can be sent, generic over what it is sent to. One for each operator would compile for twice as long.</summary>
internal static class SenderRenderer
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string InvalidBody = "throw new global::System.NotSupportedException(\"The contract breaks a rule; see the errors of its declaration.\")";

    public static string Render(ContractModel contract, EventModel item) =>
        string.Join("\n\n", item.Answer is null ? OneWay(contract, item) : Acknowledged(contract, item, item.Answer));

    private static IEnumerable<string> OneWay(ContractModel contract, EventModel item)
    {
        yield return Generic(contract, item, ValueTask, item.HasServerSide ? "IEventTarget" : "ISocketTarget");
        yield return Method(contract, item, "bool", "PostOperator", "Post");
    }

    private static IEnumerable<string> Acknowledged(ContractModel contract, EventModel item, AnswerModel answer)
    {
        var type = answer.TypeName;
        yield return Generic(contract, item, $"{ValueTask}<global::EventBus.Acks<{type}>>", "IAckTarget");
        yield return Method(contract, item, $"global::EventBus.AckStream<{type}>", "AckStreamOperator", "Stream");
        if (!item.HasServerSide)
            yield break;

        foreach (var target in (string[])["NodeServerSideOperator", "ServerSideAckOperator"])
            yield return Method(contract, item, $"{ValueTask}<global::EventBus.ServerSideAcks<{type}>>", target, "SendToNodesAsync", isCancellable: true);
    }

    private static string Generic(ContractModel contract, EventModel item, string returns, string target) => SourceTemplate.Render(
        $$"""
        {{Attributes(item)}}
        public static {{returns}} {{item.MethodName}}<{{item.TargetType}}>({{Parameters(item, item.TargetType, isCancellable: true)}})
            where {{item.TargetType}} : global::EventBus.{{target}}<{{contract.TypeName}}> =>
            {{Body(contract, item, "SendAsync", isCancellable: true)}};
        """);

    private static string Method(ContractModel contract, EventModel item, string returns, string target, string sender, bool isCancellable = false) => SourceTemplate.Render(
        $$"""
        {{Attributes(item)}}
        public static {{returns}} {{item.MethodName}}({{Parameters(item, $"global::EventBus.{target}<{contract.TypeName}>", isCancellable)}}) =>
            {{Body(contract, item, sender, isCancellable)}};
        """);

    private static string Body(ContractModel contract, EventModel item, string sender, bool isCancellable)
    {
        var arguments = ArgumentsRenderer.New(item.Parameters.Select(static parameter => parameter.Identifier));
        return contract.IsValid ? $"{item.DefinitionName}.{sender}({item.TargetParameter}, {arguments}{(isCancellable ? $", {item.CancellationParameter}" : null)})" : InvalidBody;
    }

    private static string Parameters(EventModel item, string target, bool isCancellable)
    {
        var parameters = item.Parameters.Select(Declaration).Prepend($"this {target} {item.TargetParameter}");
        if (isCancellable)
            parameters = parameters.Append($"global::System.Threading.CancellationToken {item.CancellationParameter} = default");
        return "\n    " + string.Join(",\n    ", parameters);
    }

    private static string Declaration(ParameterModel parameter) =>
        parameter.DefaultValue is { } value ? $"{parameter.TypeName} {parameter.Identifier} = {value}" : $"{parameter.TypeName} {parameter.Identifier}";

    private static string Attributes(EventModel item) => $"/// <inheritdoc cref=\"{item.DocumentationId}\"/>" + item.Obsolete switch
    {
        null => null,
        "" => "\n[global::System.Obsolete]",
        var arguments => $"\n[global::System.Obsolete({arguments})]",
    };
}
