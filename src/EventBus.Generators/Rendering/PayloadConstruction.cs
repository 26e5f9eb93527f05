using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the expression that makes a payload of the locals that were read.</summary>
internal static class PayloadConstruction
{
    /// <param name="payload">The payload.</param>
    /// <param name="isSet">Which of the members that the constructor does not take are set.</param>
    public static string Of(PayloadModel payload, Func<PayloadMemberModel, bool> isSet)
    {
        var creation = $"new {payload.TypeName}({string.Join(", ", payload.ConstructorArguments)})";
        var set = payload.Members.Where(member => !member.IsConstructorArgument && isSet(member)).Select(static member => $"{member.Identifier} = {member.Local},").ToList();
        return set.Count == 0 ? creation : SourceTemplate.Render(
            $$"""
            {{creation}}
            {
                {{set}}
            }
            """);
    }
}
