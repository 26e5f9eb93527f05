using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>
/// Renders the extension methods that send one event: one method for each way to send it, generic over the target. One method for each
/// operator would take twice as long to compile.
/// </summary>
internal static class SenderRenderer
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string InvalidBody =
        "throw new global::System.NotSupportedException(\"The contract breaks a rule; see the errors of its declaration.\")";

    public static string Render(ContractModel contract, EventModel item) =>
        string.Join("\n\n", item.Ack is null ? OneWay(contract, item) : Acknowledged(contract, item, item.Ack));

    private static IEnumerable<string> OneWay(ContractModel contract, EventModel item)
    {
        yield return Generic(contract, item, ValueTask, item.HasServerSide ? "IEventTarget" : "ISocketTarget");
        yield return Method(contract, item, "bool", "PostOperator", "Post");
    }

    private static IEnumerable<string> Acknowledged(ContractModel contract, EventModel item, AckModel ack)
    {
        var type = ack.TypeName;
        yield return Generic(contract, item, $"{ValueTask}<global::EventBus.Acks<{type}>>", "IAckTarget");
        yield return Method(contract, item, $"global::EventBus.AckStream<{type}>", "AckStreamOperator", "Stream");
        if (!item.HasServerSide)
            yield break;

        var returns = $"{ValueTask}<global::EventBus.ServerSideAcks<{type}>>";
        foreach (var target in (string[])["NodeServerSideOperator", "ServerSideAckOperator"])
            yield return Method(contract, item, returns, target, "SendToNodesAsync", isCancellable: true);
    }

    private static string Generic(ContractModel contract, EventModel item, string returns, string target) => SourceTemplate.Render(
        $$"""
        {{Attributes(item)}}
        public static {{returns}} {{item.MethodName}}<{{item.TargetType}}>({{Parameters(item, item.TargetType, isCancellable: true)}})
            where {{item.TargetType}} : global::EventBus.{{target}}<{{contract.TypeName}}> =>
            {{Body(contract, item, "SendAsync", isCancellable: true)}};
        """);

    private static string Method(
        ContractModel contract, EventModel item, string returns, string target, string sender, bool isCancellable = false) =>
        SourceTemplate.Render(
            $$"""
            {{Attributes(item)}}
            public static {{returns}} {{item.MethodName}}({{Parameters(item, Operator(contract, target), isCancellable)}}) =>
                {{Body(contract, item, sender, isCancellable)}};
            """);

    private static string Operator(ContractModel contract, string name) => $"global::EventBus.{name}<{contract.TypeName}>";

    private static string Body(ContractModel contract, EventModel item, string sender, bool isCancellable)
    {
        if (!contract.IsValid)
            return InvalidBody;
        var arguments = ArgumentsRenderer.New([.. item.Parameters.Select(static parameter => parameter.Identifier)]);
        var token = isCancellable ? $", {item.CancellationParameter}" : null;
        return $"{item.DefinitionName}.{sender}({item.TargetParameter}, {arguments}{token})";
    }

    private static string Parameters(EventModel item, string target, bool isCancellable)
    {
        var parameters = item.Parameters.Select(Declaration).Prepend($"this {target} {item.TargetParameter}");
        if (isCancellable)
            parameters = parameters.Append($"global::System.Threading.CancellationToken {item.CancellationParameter} = default");
        return "\n    " + string.Join(",\n    ", parameters);
    }

    private static string Declaration(ParameterModel parameter)
    {
        var defaultValue = parameter.DefaultValue is { } value ? $" = {value}" : null;
        return $"{parameter.TypeName} {parameter.Identifier}{defaultValue}";
    }

    private static string Attributes(EventModel item)
    {
        var marks = item.NeedsMark ? item.Marks.Append(EmittedFile.Obsolete) : item.Marks;
        return string.Join("\n", marks.Prepend($"/// <inheritdoc cref=\"{item.DocumentationId}\"/>"));
    }
}
