using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders how a payload is made of the locals that were read.</summary>
internal static class PayloadConstruction
{
    /// <summary>The emitted accessor of a private constructor.</summary>
    public const string Creator = "Create";

    /// <summary>The statements that make it, set what only accessors can, and return it.</summary>
    public static string Return(PayloadModel payload)
    {
        var creation = Of(payload, static _ => true);
        var set = payload.Members.Where(static member => member.Setter is not null).ToList();
        return set.Count == 0 ? $"return {creation};" : SourceTemplate.Render(
            $$"""
            var result = {{creation}};
            {{set.Select(Set)}}
            return result;
            """);
    }

    /// <summary>The expression that makes it.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="isSet">Which of the members that an initializer sets are set.</param>
    public static string Of(PayloadModel payload, Func<PayloadMemberModel, bool> isSet)
    {
        var creator = payload.CreatorParameters is null ? $"new {payload.TypeName}" : Creator;
        var creation = $"{creator}({string.Join(", ", payload.ConstructorArguments)})";
        var set = payload.Members.Where(member => IsInInitializer(member) && isSet(member)).Select(static member => $"{member.Identifier} = {member.Local},").ToList();
        return set.Count == 0 ? creation : SourceTemplate.Render(
            $$"""
            {{creation}}
            {
                {{set}}
            }
            """);
    }

    public static bool IsInInitializer(PayloadMemberModel member) => member is { IsConstructorArgument: false, Setter: null };

    // What was not there keeps what the type itself gives it.
    private static string Set(PayloadMemberModel member) => member.Presence == MemberPresence.Initialized
        ? $"if ({member.SeenLocal})\n    {AccessorRenderer.Set(member)}"
        : AccessorRenderer.Set(member);
}
