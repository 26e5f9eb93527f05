using System.ComponentModel;
using System.Text;

namespace EventBus.CompilerServices;

/// <summary>
/// Registers contracts. The file of each contract has a module initializer that calls <see cref="Register"/>. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contract
{
    /// <summary>Registers the bus namespace and the events of a contract.</summary>
    public static void Register<TContract>(string busNamespace, params ReadOnlySpan<EventBinding<TContract>> events)
        where TContract : class
    {
        var contract = new Contract<TContract>(busNamespace, [.. events]);
        Contract<TContract>.Registered = contract;
        ContractSizes<TContract>.Source = contract.Sizes;
    }
}

/// <summary>The bus namespace and the events of one contract.</summary>
internal sealed class Contract<TContract>
    where TContract : class
{
    private readonly EventBinding<TContract>[] _events;

    internal Contract(string busNamespace, EventBinding<TContract>[] events)
    {
        Namespace = busNamespace;
        _events = events;
    }

    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    internal static Contract<TContract> Required => Registered ?? Load();

    internal static Contract<TContract>? Registered { get; set; }

    internal string Namespace { get; }

    internal IReadOnlyList<EventBinding<TContract>> Events => _events;

    /// <summary>
    /// The event of that name; null if the contract has none. Contracts are small, and nearly all names differ in length already.
    /// </summary>
    internal EventBinding<TContract>? Find(ReadOnlySpan<byte> name)
    {
        foreach (var candidate in _events)
        {
            if (name.SequenceEqual(candidate.Name))
                return candidate;
        }

        return null;
    }

    /// <summary>The sizes of the events by their names.</summary>
    internal IReadOnlyDictionary<string, EventSize> Sizes() =>
        _events.ToDictionary(static item => Encoding.UTF8.GetString(item.Name), static item => item.Size);

    private static Contract<TContract> Load()
    {
        ContractModule.Run<TContract>();
        return Registered ?? throw ContractModule.NotGenerated<TContract>();
    }
}
