using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the accessors of a payload's private members and constructor, and calls of these accessors.</summary>
internal static class AccessorRenderer
{
    private const string CompilerServices = "global::System.Runtime.CompilerServices";

    /// <summary>Returns the expression for the member's value.</summary>
    /// <param name="member">The member.</param>
    /// <param name="target">The local that holds the payload; a parameter passed by <c>in</c>.</param>
    public static string Get(PayloadMemberModel member, string target) => member.Getter switch
    {
        null => $"{target}.{member.Identifier}",
        { IsOfStruct: true } getter => $"{getter.Name}(ref {CompilerServices}.Unsafe.AsRef(in {target}))",
        var getter => $"{getter.Name}({target})",
    };

    /// <summary>Returns the statement that sets the member of the local <c>result</c> to the value read.</summary>
    public static string Set(PayloadMemberModel member)
    {
        var setter = member.Setter!;
        var target = setter.IsOfStruct ? "ref result" : "result";
        return setter.Kind == AccessorKind.Field
            ? $"{setter.Name}({target}) = {member.Local};"
            : $"{setter.Name}({target}, {member.Local});";
    }

    public static string Declarations(PayloadModel payload)
    {
        var accessors = payload.Members.SelectMany(static member => new[] { member.Getter, member.Setter }).OfType<AccessorModel>()
            .Distinct().Select(Declaration);
        var creator = payload.CreatorParameters is { } parameters ? [Creator(payload, parameters)] : Enumerable.Empty<string>();
        return string.Concat(creator.Concat(accessors).Select(static declaration => $"\n\n{declaration}"));
    }

    private static string Creator(PayloadModel payload, EquatableArray<string> parameters) =>
        $"[{CompilerServices}.UnsafeAccessor({CompilerServices}.UnsafeAccessorKind.Constructor)]\n"
        + $"private static extern {payload.TypeName} {PayloadConstruction.Creator}({string.Join(", ", parameters)});";

    private static string Declaration(AccessorModel accessor)
    {
        var target = $"{(accessor.IsOfStruct ? "ref " : null)}{accessor.DeclaringType} target";
        var kind = accessor.Kind == AccessorKind.Field ? "Field" : "Method";
        var arguments = $"{CompilerServices}.UnsafeAccessorKind.{kind}, Name = \"{accessor.MetadataName}\"";
        var signature = accessor.Kind switch
        {
            AccessorKind.Field => $"ref {accessor.ValueType} {accessor.Name}({target})",
            AccessorKind.Getter => $"{accessor.ValueType} {accessor.Name}({target})",
            _ => $"void {accessor.Name}({target}, {accessor.ValueType} value)",
        };
        return $"[{CompilerServices}.UnsafeAccessor({arguments})]\nprivate static extern {signature};";
    }
}
