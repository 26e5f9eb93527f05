using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>
/// Renders the function that defines each contract of an assembly, and the module initializer that registers it. Only this runs at the
/// start of a program.
/// </summary>
internal static class ContractRegistrationRenderer
{
    public const string HintName = "EventBus.Generated.ContractRegistration.g.cs";

    private const string Services = "global::EventBus.CompilerServices";

    // A friend assembly may have a class of the same name, so the class does not name itself.
    public static string Render(EquatableArray<RegisteredContract> contracts) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header([.. contracts.Select(static contract => contract.Codes)])}}

        namespace EventBus.Generated;

        {{EmittedFile.GeneratedCode}}
        internal static class ContractRegistration
        {
            [global::System.Runtime.CompilerServices.ModuleInitializer]
            {{Obsolete(contracts)}}
            internal static void Register() =>
                {{Services}}.Contract.Register(typeof({{contracts[0].TypeName}}).Module, Define);

            {{Obsolete(contracts)}}
            private static {{Services}}.ContractDefinition? Define(global::System.Type type)
            {
                {{string.Join("\n", contracts.Select(Case))}}
                return null;
            }

            {{string.Join("\n\n", contracts.Select(Definition))}}
        }

        """);

    private static string? Obsolete(EquatableArray<RegisteredContract> contracts) =>
        contracts.Any(static contract => contract.IsObsolete) ? EmittedFile.Obsolete : null;

    private static string Case(RegisteredContract contract, int index) => $"""
        if (type == typeof({contract.TypeName}))
            return Define{index}();
        """;

    // A method of its own: to compile a call, the runtime loads the class that it calls, with all its events.
    private static string Definition(RegisteredContract contract, int index) => SourceTemplate.Render(
        $$"""
        {{(contract.IsObsolete ? EmittedFile.Obsolete : null)}}
        private static {{Services}}.ContractDefinition Define{{index}}() => {{contract.SendersName}}.Define();
        """);
}
