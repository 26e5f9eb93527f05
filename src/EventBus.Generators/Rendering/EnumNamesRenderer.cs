using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the file with an enum's names.</summary>
internal static class EnumNamesRenderer
{
    public static string Render(EnumNamesModel model) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header(model.SuppressedCodes)}}

        using global::System;

        namespace {{model.Namespace}};

        {{EmittedFile.GeneratedCode}}
        {{(model.IsObsolete ? EmittedFile.Obsolete : null)}}
        internal readonly struct {{model.FormatterName}} : global::EventBus.Serialization.IEnumNames<{{model.TypeName}}>
        {
            public global::System.ReadOnlySpan<byte> NameOf({{model.TypeName}} value) => value switch
            {
                {{model.Names.Where(static item => !item.IsSecond).Select(static item => $"{item.Value} => {item.WireName}u8,")}}
                _ => default,
            };

            public bool TryFind(global::System.ReadOnlySpan<byte> name, out {{model.TypeName}} value)
            {
                {{model.Names.Select(Find)}}
                value = default;
                return false;
            }
        }

        """);

    private static string Find(EnumNameModel item) =>
        $"if (name.SequenceEqual({item.WireName}u8))\n{{\n    value = {item.Value};\n    return true;\n}}\n";
}
