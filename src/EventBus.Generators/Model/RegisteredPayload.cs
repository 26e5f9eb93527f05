namespace EventBus.Generators.Model;

/// <summary>A payload type whose formatter other serializers find at run time.</summary>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="FormatterName">Its formatter, fully qualified.</param>
/// <param name="Codes">The codes of the diagnostics that naming the type causes.</param>
/// <param name="IsObsolete">Whether only obsolete code may name the type or its formatter.</param>
internal sealed record RegisteredPayload(string TypeName, string FormatterName, EquatableArray<string> Codes, bool IsObsolete)
{
    /// <summary>
    /// One for each type. Types that differ only by nullable annotations are one type at run time: in descending order the one that allows
    /// null is found first.
    /// </summary>
    public static EquatableArray<RegisteredPayload> Of(IEnumerable<FormatterModel> models) => models
        .OrderBy(static model => model is PayloadModel { Discriminator: not null })
        .GroupBy(static model => model.TypeName)
        .Select(static models => Of(models.First()))
        .OrderByDescending(static payload => payload.TypeName, StringComparer.Ordinal)
        .ToEquatableArray();

    private static RegisteredPayload Of(FormatterModel model)
    {
        var formatter = model is SingleValueModel single ? single.Formatter : $"global::{model.Namespace}.{model.FormatterName}";
        return new(model.TypeName, formatter, model.NamingCodes, model.IsObsolete);
    }
}
