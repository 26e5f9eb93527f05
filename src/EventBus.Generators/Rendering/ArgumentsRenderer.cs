using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>
/// Renders the arguments of an event: nothing, one value, or a tuple whose elements have the names of the parameters, so that the code
/// reads <c>arguments.user</c>.
/// </summary>
internal static class ArgumentsRenderer
{
    private const string CompilerServices = "global::EventBus.CompilerServices";
    private const string TupleFormatter = "global::EventBus.Serialization.ValueTupleFormatter";
    private const int MostItems = 7;

    // C# reserves these names of tuple elements, and 'Item1' in all places but the first.
    private static readonly string[] ReservedNames =
        ["Rest", "ToString", "Equals", "GetHashCode", "CompareTo", "Deconstruct"];

    /// <summary>Returns the type of the arguments.</summary>
    public static string Type(IReadOnlyList<ParameterModel> parameters) => parameters.Count switch
    {
        0 => "global::System.ValueTuple",
        1 => parameters[0].TypeName,
        _ => $"({string.Join(", ", parameters.Select(static item => item.TypeName + (IsName(item) ? $" {item.Identifier}" : null)))})",
    };

    /// <summary>Returns the formatter of the arguments.</summary>
    public static string Formatter(IReadOnlyList<ParameterModel> parameters) => parameters.Count switch
    {
        0 => $"{CompilerServices}.NoArguments",
        1 => $"{CompilerServices}.OneArgument<{parameters[0].TypeName}, {parameters[0].Formatter}>",
        _ => Tuple(parameters),
    };

    /// <summary>Returns the expression that holds the values.</summary>
    public static string New(IReadOnlyList<string> values) => values.Count switch
    {
        0 => "default",
        1 => values[0],
        _ => $"({string.Join(", ", values)})",
    };

    /// <summary>Returns the expression for one argument in the method that has them as a parameter of <see cref="Name"/>.</summary>
    public static string Item(IReadOnlyList<ParameterModel> parameters, int index) => parameters.Count == 1
        ? Name(parameters)
        : $"arguments.{(IsName(parameters[index]) ? parameters[index].Identifier : $"Item{index + 1}")}";

    /// <summary>Returns the name of the parameter that holds the arguments.</summary>
    public static string Name(IReadOnlyList<ParameterModel> parameters) => parameters.Count == 1 ? "argument" : "arguments";

    // As the tuple itself, its formatter has up to seven items and a nested one for the rest.
    private static string Tuple(IReadOnlyList<ParameterModel> parameters)
    {
        var types = parameters.Take(MostItems).Select(static parameter => parameter.TypeName);
        var formatters = parameters.Take(MostItems).Select(static parameter => parameter.Formatter!);
        if (parameters.Count > MostItems)
        {
            var rest = parameters.Skip(MostItems).ToList();
            types = types.Append(rest.Count == 1 ? $"global::System.ValueTuple<{rest[0].TypeName}>" : UnnamedTuple(rest));
            formatters = formatters.Append(Tuple(rest));
        }

        return $"{TupleFormatter}<{string.Join(", ", types.Concat(formatters))}>";
    }

    private static string UnnamedTuple(IEnumerable<ParameterModel> parameters) =>
        $"({string.Join(", ", parameters.Select(static parameter => parameter.TypeName))})";

    private static bool IsName(ParameterModel parameter)
    {
        var name = parameter.Identifier.TrimStart('@');
        return !ReservedNames.Contains(name) && !(name.StartsWith("Item", StringComparison.Ordinal) && name.Skip(4).All(char.IsDigit));
    }
}
