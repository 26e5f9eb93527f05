namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>What the parameters of a signature, or the items of a tuple, are called in TypeScript: nothing that is reserved, and no two alike.</summary>
internal static class TypeScriptLabels
{
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        // What can be called as it is keeps its name, wherever it stands.
        var scope = new IdentifierScope(names.Where(static name => !TypeScriptText.IsReserved(name)));
        var kept = new HashSet<string>();
        return [.. names.Select(name => !TypeScriptText.IsReserved(name) && kept.Add(name) ? name : scope.Declare($"{name}_"))];
    }
}
