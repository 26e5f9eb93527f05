using EventBus.Generators.Model.TypeScript;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>
/// What a bus namespace sends: the events of all its contracts. One that several have with other arguments comes with those of either: an overload in its place would be read by its last form alone.
/// </summary>
internal static class TypeScriptClashes
{
    /// <summary>The parts of the namespace's type.</summary>
    public static IEnumerable<string> Merge(IReadOnlyList<TypeScriptContract> contracts)
    {
        var clashes = contracts.SelectMany(static contract => contract.Events, static (contract, item) => (Contract: contract.Name, Event: item))
            .GroupBy(static pair => pair.Event.Key, StringComparer.Ordinal)
            .Where(static group => group.Select(static pair => pair.Event).Distinct().Count() > 1)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Select(static pair => pair.Contract).ToList());
        if (clashes.Count == 0)
            return contracts.Select(static contract => contract.Name);

        var merged = clashes.Select(static clash =>
            $"    {clash.Key}: (...args: {string.Join(" | ", clash.Value.Select(contract => $"Parameters<{contract}[{Literal(clash.Key)}]>"))}) => void;\n");
        return contracts.Select(contract => Without(contract, clashes.Keys)).Append($"{{\n{string.Concat(merged)}  }}");
    }

    private static string Without(TypeScriptContract contract, IEnumerable<string> clashes)
    {
        var own = clashes.Where(key => contract.Events.Any(item => item.Key == key)).Select(Literal).ToList();
        return own.Count == 0 ? contract.Name : $"Omit<{contract.Name}, {string.Join(" | ", own)}>";
    }

    private static string Literal(string key) => key[0] == '"' ? key : $"\"{key}\"";
}
