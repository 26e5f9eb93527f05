using EventBus.Generators.Contracts;
using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the formatter of one payload: a map of its members.</summary>
internal static class PayloadRenderer
{
    private const string Serialization = "global::EventBus.Serialization";

    public static string Render(PayloadModel payload) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header}}

        using global::System;

        namespace {{payload.Namespace}};

        {{EmittedFile.GeneratedCode}}
        internal readonly struct {{payload.FormatterName}} : {{Serialization}}.IFormatter<{{payload.TypeName}}>
        {
            public static void Write<TWriter>(ref TWriter writer, in {{payload.TypeName}} value)
                where TWriter : {{Serialization}}.IValueWriter, allows ref struct
            {
                {{(payload.IsReferenceType ? NullCheck(payload) : null)}}
                writer.BeginMap({{Count(payload)}});
                {{payload.Members.Select(Write)}}
                writer.EndMap();
            }

            public static {{payload.TypeName}} Read<TReader>(ref TReader reader)
                where TReader : {{Serialization}}.IValueReader, allows ref struct
            {
                {{Locals(payload)}}
                {{Loop(payload)}}
                {{Demands(payload)}}
                {{Initial(payload)}}
                {{PayloadConstruction.Return(payload)}}
            }{{AccessorRenderer.Declarations(payload)}}
        }

        """);

    private static string NullCheck(PayloadModel payload) =>
        $"if (value is null)\n    throw new global::EventBus.EventSerializationException(\"A value of type '{payload.DisplayName}' is null where its type allows none.\");\n";

    private static string Count(PayloadModel payload)
    {
        var always = payload.Members.Count(static member => member.Omit == OmitCondition.Never);
        var sometimes = payload.Members.Where(static member => member.Omit != OmitCondition.Never).Select(static member => $" + ({IsWritten(member)} ? 1 : 0)");
        return always + string.Concat(sometimes);
    }

    private static string Write(PayloadMemberModel member)
    {
        var write = $"writer.WriteKey({member.WireName}u8);\n{member.Formatter}.Write(ref writer, {AccessorRenderer.Get(member, "value")});";
        return member.Omit == OmitCondition.Never ? write : SourceTemplate.Render(
            $$"""
            if ({{IsWritten(member)}})
            {
                {{write}}
            }
            """);
    }

    private static string IsWritten(PayloadMemberModel member) => member.Omit == OmitCondition.WhenNull
        ? $"{AccessorRenderer.Get(member, "value")} is not null"
        : $"!global::System.Collections.Generic.EqualityComparer<{member.TypeName}>.Default.Equals({AccessorRenderer.Get(member, "value")}, default)";

    private static IEnumerable<string> Locals(PayloadModel payload)
    {
        if (payload.Members.Any(static member => member.Presence == MemberPresence.Required))
            yield return "var position = reader.Position;";
        foreach (var member in payload.Members)
            yield return $"{member.TypeName} {member.Local} = {member.InitialValue};";
        foreach (var member in payload.Members.Where(IsWatched))
            yield return $"var {member.SeenLocal} = false;";
    }

    private static bool IsWatched(PayloadMemberModel member) => member.Presence != MemberPresence.Defaulted;

    private static string Loop(PayloadModel payload) => payload.Members.Count == 0
        ? SourceTemplate.Render(
            $$"""
            var members = reader.BeginMap();
            while (reader.MoveNext(ref members))
            {
                reader.ReadKey();
                reader.Skip();
            }

            """)
        : SourceTemplate.Render(
            $$"""
            var members = reader.BeginMap();
            while (reader.MoveNext(ref members))
            {
                var key = reader.ReadKey();
                {{string.Join("\nelse ", payload.Members.Select(Case))}}
                else
                {
                    reader.Skip();
                }
            }

            """);

    private static string Case(PayloadMemberModel member) => SourceTemplate.Render(
        $$"""
        if (key.SequenceEqual({{member.WireName}}u8))
        {
            {{member.Local}} = {{member.Formatter}}.Read(ref reader);
            {{(IsWatched(member) ? $"{member.SeenLocal} = true;" : null)}}
        }
        """);

    private static string Demands(PayloadModel payload) => string.Concat(
        from member in payload.Members
        where member.Presence == MemberPresence.Required
        let message = $"The member '{Unquoted(member.WireName)}' of '{payload.DisplayName}' is missing."
        select $"if (!{member.SeenLocal})\n    throw new global::EventBus.EventSerializationException(\"{message}\", position);\n");

    private static string Unquoted(string literal) => literal.Substring(1, literal.Length - 2);

    // Members that were not there keep what the type itself gives them; only then is a second object made to ask it.
    private static string? Initial(PayloadModel payload)
    {
        var initialized = payload.Members.Where(static member => member.Presence == MemberPresence.Initialized && PayloadConstruction.IsInInitializer(member)).ToList();
        if (initialized.Count == 0)
            return null;

        return SourceTemplate.Render(
            $$"""
            if ({{string.Join(" || ", initialized.Select(static member => $"!{member.SeenLocal}"))}})
            {
                var initial = {{PayloadConstruction.Of(payload, static member => member.IsRequiredBySyntax)}};
                {{initialized.Select(static member => $"{member.Local} = {member.SeenLocal} ? {member.Local} : {AccessorRenderer.Get(member, "initial")};")}}
            }

            """);
    }
}
