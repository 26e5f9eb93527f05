using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the construction of a payload from the locals that hold the values read.</summary>
internal static class PayloadConstruction
{
    /// <summary>The name of the emitted accessor of a private constructor.</summary>
    public const string Creator = "Create";

    /// <summary>Returns the statements that construct the payload, set its private members, fill its collections and return it.</summary>
    public static string Return(PayloadModel payload)
    {
        var creation = Of(payload, static _ => true);
        var completions = payload.Members.Select(member => Complete(payload, member)).OfType<string>().ToList();
        return completions.Count == 0 ? $"return {creation};" : SourceTemplate.Render(
            $$"""
            var result = {{creation}};
            {{completions}}
            return result;
            """);
    }

    /// <summary>Returns the expression that constructs the payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="isSet">Selects the members that the initializer sets.</param>
    public static string Of(PayloadModel payload, Func<PayloadMemberModel, bool> isSet)
    {
        var creator = payload.CreatorParameters is null ? $"new {payload.TypeName}" : Creator;
        var creation = $"{creator}({string.Join(", ", payload.ConstructorArguments)})";
        var set = payload.Members.Where(member => IsInInitializer(member) && isSet(member))
            .Select(static member => $"{member.Identifier} = {member.Local},").ToList();
        return set.Count == 0 ? creation : SourceTemplate.Render(
            $$"""
            {{creation}}
            {
                {{set}}
            }
            """);
    }

    public static bool IsInInitializer(PayloadMemberModel member) => member is { IsConstructorArgument: false, Setter: null, Items: null };

    // A missing member keeps the initial value of its type.
    private static string? Complete(PayloadModel payload, PayloadMemberModel member)
    {
        var statement = member switch
        {
            { Setter: not null } => AccessorRenderer.Set(member),
            { Items: not null } => Fill(payload, member),
            _ => null,
        };
        return statement is null || member.Presence != MemberPresence.Initialized ? statement : SourceTemplate.Render(
            $$"""
            if ({{member.SeenLocal}})
                {{statement}}
            """);
    }

    private static string Fill(PayloadModel payload, PayloadMemberModel member) =>
        $"{EmittedFile.PayloadCollection}.Fill(\n"
            + $"    {AccessorRenderer.Get(member, "result")}, {member.Local}, {member.WireName}, \"{payload.DisplayName}\", position);";
}
