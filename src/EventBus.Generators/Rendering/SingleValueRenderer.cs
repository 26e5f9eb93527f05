using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the file that converts objects to their one value and back.</summary>
internal static class SingleValueRenderer
{
    public static string Render(SingleValueModel model) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header(model.SuppressedCodes)}}

        namespace {{model.Namespace}};

        {{EmittedFile.GeneratedCode}}
        {{(model.IsObsolete ? EmittedFile.Obsolete : null)}}
        internal readonly struct {{model.FormatterName}} : global::EventBus.Serialization.ISingleValue<
            {{model.TypeName}},
            {{model.ValueType}}>
        {
            public {{model.ValueType}} Unwrap({{model.TypeName}} wrapper) => wrapper.{{model.Member}};

            public {{model.TypeName}} Wrap({{model.ValueType}} value) => {{model.Maker}}(value);
        }

        """);
}
