using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the function that finds the formatters of the payload types in an assembly, for other serializers.</summary>
internal static class PayloadRegistrationRenderer
{
    public const string HintName = "EventBus.Generated.PayloadRegistration.g.cs";

    private const int LongestCall = 120;
    private const string Services = "global::EventBus.CompilerServices";

    public static string Render(EquatableArray<RegisteredPayload> payloads) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header([.. payloads.Select(static payload => payload.Codes)])}}

        namespace EventBus.Generated;

        {{EmittedFile.GeneratedCode}}
        internal static class PayloadRegistration
        {
            [global::System.Runtime.CompilerServices.ModuleInitializer]
            {{Obsolete(payloads)}}
            internal static void Register() => {{Services}}.PayloadFormatters.Register(Find);

            {{Obsolete(payloads)}}
            private static {{Services}}.PayloadFormatter? Find(global::System.Type type)
            {
                {{string.Join("\n", payloads.Select(Case))}}
                return null;
            }
        }

        """);

    private static string? Obsolete(EquatableArray<RegisteredPayload> payloads) =>
        payloads.Any(static payload => payload.IsObsolete) ? EmittedFile.Obsolete : null;

    private static string Case(RegisteredPayload payload) => SourceTemplate.Render(
        $$"""
        if (type == typeof({{payload.TypeName}}))
            return {{LongType.Break($"{Services}.PayloadFormatter.Of<{payload.TypeName}, {payload.FormatterName}>", LongestCall)}}();
        """);
}
