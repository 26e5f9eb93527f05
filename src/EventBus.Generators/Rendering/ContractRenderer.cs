using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders a contract's file: the senders, the registration, and one definition for each event.</summary>
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

        yield return Registration(contract);
        foreach (var item in contract.Events)
            yield return EventDefinitionRenderer.Render(contract, item);
    }

    private static string Registration(ContractModel contract) => SourceTemplate.Render(
        $$"""
        /// <summary>Registers the contract when the assembly is loaded.</summary>
        [global::System.Runtime.CompilerServices.ModuleInitializer]
        [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
        {{(contract.Events.Any(static item => item.IsObsolete) ? EmittedFile.Obsolete : null)}}
        internal static void Register() =>
            global::EventBus.CompilerServices.Contract.Register<{{contract.TypeName}}>(
                {{string.Join(",\n", contract.Events.Select(static item => item.DefinitionName).Prepend(contract.BusNamespace))}});
        """);
}
