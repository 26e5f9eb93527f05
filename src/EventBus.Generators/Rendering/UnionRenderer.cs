using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the code that writes and reads a union as one of its cases, which the discriminator names.</summary>
internal static class UnionRenderer
{
    public static string Write(UnionModel union) => SourceTemplate.Render(
        $$"""
        var type = value.GetType();
        {{string.Join("\nelse ", union.Cases.Select(Write))}}
        else
            throw {{EmittedFile.PayloadError}}.UnlistedCase("{{union.DisplayName}}", value);
        """);

    // The discriminator may come anywhere, so a copy of the reader looks for it first.
    public static string Read(UnionModel union) => SourceTemplate.Render(
        $$"""
        var ahead = reader;
        var position = ahead.Position;
        var members = ahead.BeginMap();
        while (ahead.MoveNext(ref members))
        {
            if (!ahead.ReadKey().SequenceEqual({{union.Key}}u8))
            {
                ahead.Skip();
                continue;
            }

            var found = ahead.Position;
            {{ReadCase(union)}}
            throw {{EmittedFile.PayloadError}}.UnknownCase("{{union.DisplayName}}", found);
        }

        {{WithoutDiscriminator(union)}}
        """);

    private static string Write(UnionCaseModel item) =>
        $"if (type == typeof({item.TypeName}))\n    default({item.Formatter}).Write(ref writer, ({item.TypeName})value);";

    private static string ReadCase(UnionModel union)
    {
        var texts = union.Cases.Where(static item => item.Discriminator is { IsNumber: false }).ToList();
        var numbers = union.Cases.Where(static item => item.Discriminator is { IsNumber: true }).ToList();
        if (numbers.Count == 0)
            return ReadText(texts);
        if (texts.Count == 0)
            return ReadNumber(numbers);
        return SourceTemplate.Render(
            $$"""
            if (ahead.Kind == global::EventBus.Serialization.ValueKind.String)
            {
                {{ReadText(texts)}}
            }
            else
            {
                {{ReadNumber(numbers)}}
            }

            """);
    }

    private static string ReadText(IEnumerable<UnionCaseModel> cases) => SourceTemplate.Render(
        $$"""
        var name = ahead.ReadUtf8();
        {{cases.Select(static item => $"if (name.SequenceEqual({item.Discriminator!.Value}u8))\n    {Return(item)}")}}
        """);

    private static string ReadNumber(IEnumerable<UnionCaseModel> cases) => SourceTemplate.Render(
        $$"""
        var number = ahead.ReadInt64();
        {{cases.Select(static item => $"if (number == {item.Discriminator!.Value})\n    {Return(item)}")}}
        """);

    private static string Return(UnionCaseModel item) => $"return default({item.Formatter}).Read(ref reader);";

    private static string WithoutDiscriminator(UnionModel union) =>
        union.Cases.FirstOrDefault(static item => item.Discriminator is null) is { } own
        ? Return(own)
        : $"throw {EmittedFile.PayloadError}.Missing({union.Key}, \"{union.DisplayName}\", position);";
}
