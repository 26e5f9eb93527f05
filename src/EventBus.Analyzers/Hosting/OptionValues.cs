using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Hosting;

/// <summary>The options that a piece of code sets, and their values if these are constant: integers, texts and times.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, (object? Value, IOperation Operation)> _values = [];

    private OptionValues()
    {
    }

    /// <summary>The options that are set, whether or not to a constant.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The last assignment of each option counts. Assignments to other objects do not.</summary>
    public static OptionValues In(IEnumerable<IOperation> operations, Func<ITypeSymbol, bool> isOptions)
    {
        var values = new OptionValues();
        foreach (var assignment in operations.OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: var option } && isOptions(option.ContainingType))
                values._values[option.Name] = (ConstantOf(assignment.Value), assignment);
        }

        return values;
    }

    public bool IsSet(string option) => _values.ContainsKey(option);

    /// <summary>The value of the option; null if it is not set to a constant.</summary>
    public object? Find(string option) => _values.TryGetValue(option, out var found) ? found.Value : null;

    public Location LocationOf(string option) => _values[option].Operation.Syntax.GetLocation();

    private static object? ConstantOf(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: { } constant } } => constant,
        IConversionOperation conversion => ConstantOf(conversion.Operand),
        _ => TimeConstant.Of(value),
    };
}
