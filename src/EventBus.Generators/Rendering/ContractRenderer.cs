using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders a contract's file: the senders, the definition of the contract, and one of each event.</summary>
internal static class ContractRenderer
{
    public static string Render(ContractModel contract) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header([contract.SuppressedCodes, .. contract.Events.Select(static item => item.SuppressedCodes)])}}

        {{(contract.Namespace is { } ns ? $"namespace {ns};\n" : null)}}
        /// <summary>Sends the events of <see cref="{{contract.DocumentationId}}"/>.</summary>
        {{EmittedFile.GeneratedCode}}
        {{(contract.IsObsolete ? EmittedFile.Obsolete : null)}}
        {{(contract.BreaksCompliance ? "[global::System.CLSCompliant(false)]" : null)}}
        {{contract.Accessibility}} static class {{contract.SendersName}}
        {
            {{string.Join("\n\n", Members(contract))}}
        }

        """);

    private static IEnumerable<string> Members(ContractModel contract)
    {
        foreach (var item in contract.Events)
            yield return SenderRenderer.Render(contract, item);

        if (!contract.IsValid)
            yield break;

        yield return Definition(contract);
        foreach (var item in contract.Events)
            yield return EventDefinitionRenderer.Render(contract, item);
    }

    // The fields of the events are initialized when this first uses one of them.
    private static string Definition(ContractModel contract) => SourceTemplate.Render(
        $$"""
        /// <summary>Defines the contract when the program first uses it.</summary>
        [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
        {{(contract.DefinesObsolete ? EmittedFile.Obsolete : null)}}
        internal static global::EventBus.CompilerServices.ContractDefinition Define() =>
            global::EventBus.CompilerServices.Contract.Define<{{contract.TypeName}}>(
                {{string.Join(",\n", contract.Events.Select(static item => item.DefinitionName).Prepend(contract.BusNamespace))}});
        """);
}
