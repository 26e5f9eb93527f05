using System.Collections.Immutable;
using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>The generated formatters of payload types. Each assembly with contracts registers a function that finds its own.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadFormatters
{
    private static ImmutableArray<Func<Type, PayloadFormatter?>> _assemblies = [];

    /// <summary>Registers the formatters of an assembly; its module initializer calls this.</summary>
    public static void Register(Func<Type, PayloadFormatter?> find) =>
        ImmutableInterlocked.Update(ref _assemblies, static (assemblies, find) => assemblies.Add(find), find);

    /// <summary>The formatter of a payload type; null if no assembly has registered one yet.</summary>
    public static PayloadFormatter<T>? Find<T>()
    {
        // An assembly registers its formatters when the program first uses it.
        ContractModules.Run(typeof(T));
        foreach (var find in _assemblies)
        {
            if (find(typeof(T)) is PayloadFormatter<T> formatter)
                return formatter;
        }

        return null;
    }
}
