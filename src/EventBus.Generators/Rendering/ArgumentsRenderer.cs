using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>
/// Renders the structure that holds an event's arguments. As a tuple, it has up to seven items, and a nested structure for the rest.
/// </summary>
internal static class ArgumentsRenderer
{
    private const string CompilerServices = "global::EventBus.CompilerServices";
    private const int MostItems = 7;

    /// <summary>Returns the type for the parameters.</summary>
    public static string Type(IEnumerable<ParameterModel> parameters)
    {
        var all = parameters.ToList();
        if (all.Count == 0)
            return $"{CompilerServices}.NoArguments";
        var items = all.Take(MostItems).Select(static parameter => $"\n    {parameter.TypeName}, {parameter.Formatter}");
        if (all.Count > MostItems)
            items = items.Append("\n    " + Type(all.Skip(MostItems)).Replace("\n", "\n    "));
        return $"{CompilerServices}.Arguments<{string.Join(",", items)}>";
    }

    /// <summary>Returns the expression that makes an instance of the values.</summary>
    public static string New(IEnumerable<string> values)
    {
        var all = values.ToList();
        return all.Count switch
        {
            0 => "default",
            > MostItems => $"new({string.Join(", ", all.Take(MostItems))}, {New(all.Skip(MostItems))})",
            _ => $"new({string.Join(", ", all)})",
        };
    }

    /// <summary>Returns the path to the item of an argument.</summary>
    public static string Item(int index) => index < MostItems ? $"Item{index + 1}" : $"Rest.{Item(index - MostItems)}";
}
