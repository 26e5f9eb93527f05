using EventBus.Generators.Model;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>
/// Merges the contracts of a bus namespace. If several contracts declare an event with different arguments, a listener gets the arguments
/// of any of them. Overloads do not help, because TypeScript reads only the last one.
/// </summary>
internal static class TypeScriptClashes
{
    /// <summary>The parts of the namespace's type.</summary>
    public static IEnumerable<string> Merge(IReadOnlyList<TypeScriptContract> contracts)
    {
        var clashes = contracts
            .SelectMany(static contract => contract.Events, static (contract, item) => (Contract: contract.Name, Event: item))
            .GroupBy(static pair => pair.Event.Key, StringComparer.Ordinal)
            .Where(static group => group.Select(static pair => pair.Event).Distinct().Count() > 1)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Select(static pair => pair.Contract).ToList());
        if (clashes.Count == 0)
            return contracts.Select(static contract => contract.Name);

        var merged = clashes.Select(static clash => $"    {clash.Key}: (...args: {Arguments(clash.Key, clash.Value)}) => void;\n");
        return contracts.Select(contract => Without(contract, clashes.Keys)).Append($"{{\n{string.Concat(merged)}  }}");
    }

    private static string Arguments(string key, IEnumerable<string> contracts) =>
        string.Join(" | ", contracts.Select(contract => $"Parameters<{contract}[{Literal(key)}]>"));

    private static string Without(TypeScriptContract contract, IEnumerable<string> clashes)
    {
        var own = clashes.Where(key => contract.Events.Any(item => item.Key == key)).Select(Literal).ToList();
        return own.Count == 0 ? contract.Name : $"Omit<{contract.Name}, {string.Join(" | ", own)}>";
    }

    private static string Literal(string key) => key[0] == '"' ? key : $"\"{key}\"";
}
