using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the file of a formatter around the bodies of its two methods.</summary>
internal static class FormatterRenderer
{
    private const string Serialization = "global::EventBus.Serialization";

    public static string Render(FormatterModel model) => model switch
    {
        EnumNamesModel names => EnumNamesRenderer.Render(names),
        SingleValueModel single => SingleValueRenderer.Render(single),
        _ => RenderFormatter(model),
    };

    private static string RenderFormatter(FormatterModel model) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header(model.SuppressedCodes)}}

        using global::System;

        namespace {{model.Namespace}};

        {{EmittedFile.GeneratedCode}}
        {{(model is PayloadModel listed ? MemberListRenderer.Render(listed) : null)}}
        {{(model.IsObsolete ? EmittedFile.Obsolete : null)}}
        internal readonly struct {{model.FormatterName}} : {{Serialization}}.IFormatter<{{model.TypeName}}>
        {
            public void Write<TWriter>(ref TWriter writer, in {{model.TypeName}} value)
                where TWriter : {{Serialization}}.IValueWriter, allows ref struct
            {
                {{(model.IsReferenceType ? NullCheck(model) : null)}}
                {{(model is UnionModel union ? UnionRenderer.Write(union) : PayloadRenderer.Write((PayloadModel)model))}}
            }

            public {{model.TypeName}} Read<TReader>(ref TReader reader)
                where TReader : {{Serialization}}.IValueReader, allows ref struct
            {
                {{(model is UnionModel read ? UnionRenderer.Read(read) : PayloadRenderer.Read((PayloadModel)model))}}
            }{{(model is PayloadModel payload ? AccessorRenderer.Declarations(payload) : null)}}
        }

        """);

    private static string NullCheck(FormatterModel model) =>
        $"if (value is null)\n    throw {EmittedFile.PayloadError}.Null({Literal(model.DisplayName)});\n";

    private static string Literal(string text) => $"\"{text}\"";
}
