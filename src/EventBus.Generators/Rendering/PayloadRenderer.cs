using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the code that writes and reads a payload as a map of its members.</summary>
internal static class PayloadRenderer
{
    public static string Write(PayloadModel payload) => SourceTemplate.Render(
        $$"""
        writer.BeginMap({{Count(payload)}});
        {{Discriminator(payload)}}
        {{payload.Members.Select(Write)}}
        writer.EndMap();
        """);

    public static string Read(PayloadModel payload) => SourceTemplate.Render(
        $$"""
        {{Locals(payload)}}
        {{Loop(payload)}}
        {{Demands(payload)}}
        {{Initial(payload)}}
        {{PayloadConstruction.Return(payload)}}
        """);

    private static string? Discriminator(PayloadModel payload) => payload.Discriminator is not { } discriminator
        ? null
        : $"writer.WriteKey({discriminator.Key}u8);\n"
            + (discriminator.IsNumber ? $"writer.WriteInteger({discriminator.Value}L);" : $"writer.WriteUtf8({discriminator.Value}u8);");

    private static string Count(PayloadModel payload)
    {
        var always = payload.Members.Count(static member => member.Omit == OmitCondition.Never) + (payload.Discriminator is null ? 0 : 1);
        var sometimes = payload.Members.Where(static member => member.Omit != OmitCondition.Never)
            .Select(static member => $" + ({IsWritten(member)} ? 1 : 0)");
        return always + string.Concat(sometimes);
    }

    private static string Write(PayloadMemberModel member)
    {
        var value = AccessorRenderer.Get(member, "value");
        var write = $"writer.WriteKey({member.WireName}u8);\ndefault({LongType.Break(member.Formatter)}).Write(ref writer, {value});";
        return member.Omit == OmitCondition.Never ? write : SourceTemplate.Render(
            $$"""
            if ({{IsWritten(member)}})
            {
                {{write}}
            }
            """);
    }

    private static string IsWritten(PayloadMemberModel member)
    {
        var value = AccessorRenderer.Get(member, "value");
        return member.Omit == OmitCondition.WhenNull
            ? $"{value} is not null"
            : $"!global::System.Collections.Generic.EqualityComparer<{member.TypeName}>.Default.Equals({value}, default)";
    }

    private static IEnumerable<string> Locals(PayloadModel payload)
    {
        if (payload.Members.Any(static member => member.Presence == MemberPresence.Required || member.Items is not null))
            yield return "var position = reader.Position;";
        foreach (var member in payload.Members)
            yield return $"{member.LocalType} {member.Local} = {member.InitialValue};";
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
            {{(IsLeftOutByNull(member) ? "if (reader.TryReadNull())\n    continue;" : null)}}
            {{member.Local}} = default({{LongType.Break(member.LocalFormatter)}}).Read(ref reader);
            {{(IsWatched(member) ? $"{member.SeenLocal} = true;" : null)}}
        }
        """);

    // Peers in JavaScript write undefined members as nil in MessagePack, so null counts as missing.
    private static bool IsLeftOutByNull(PayloadMemberModel member) => member is { TakesNull: false, Presence: not MemberPresence.Required };

    private static string Demands(PayloadModel payload) => string.Concat(
        from member in payload.Members
        where member.Presence == MemberPresence.Required
        select $"if (!{member.SeenLocal})\n"
            + $"    throw {EmittedFile.PayloadError}.Missing({member.WireName}, \"{payload.DisplayName}\", position);\n");

    // Missing members keep the initial values of the type. Read these from a second object, constructed only if a member is missing.
    private static string? Initial(PayloadModel payload)
    {
        var initialized = payload.Members.Where(static member => member.Presence == MemberPresence.Initialized)
            .Where(PayloadConstruction.IsInInitializer).ToList();
        if (initialized.Count == 0)
            return null;

        return SourceTemplate.Render(
            $$"""
            if ({{string.Join(" || ", initialized.Select(static member => $"!{member.SeenLocal}"))}})
            {
                var initial = {{PayloadConstruction.Of(payload, static member => member.IsRequiredBySyntax)}};
                {{initialized.Select(Keep)}}
            }

            """);

        static string Keep(PayloadMemberModel member) =>
            $"{member.Local} = {member.SeenLocal} ? {member.Local} : {AccessorRenderer.Get(member, "initial")};";
    }
}
