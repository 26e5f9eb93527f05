using System.Runtime.CompilerServices;

namespace EventBus.CompilerServices;

/// <summary>Makes a list of the arguments of an event, for filters.</summary>
internal static class ArgumentList
{
    /// <param name="arguments">The one argument, or a tuple of all.</param>
    /// <param name="count">The number of arguments. A single argument may be a tuple itself.</param>
    public static IReadOnlyList<object?> Of<TArguments>(in TArguments arguments, int count)
    {
        if (count == 1)
            return [arguments];
        var list = new object?[count];
        if (arguments is ITuple tuple)
        {
            for (var index = 0; index < count; index++)
                list[index] = tuple[index];
        }

        return list;
    }
}
