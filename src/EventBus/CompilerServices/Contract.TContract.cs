using System.Text;

namespace EventBus.CompilerServices;

/// <summary>What is known of one contract at run time.</summary>
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

    /// <summary>The event of that name; null if the contract has none. Contracts are small: the lengths alone tell nearly all names apart.</summary>
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
    internal IReadOnlyDictionary<string, EventSize> Sizes() => _events.ToDictionary(static item => Encoding.UTF8.GetString(item.Name), static item => item.Size);

    private static Contract<TContract> Load()
    {
        ContractModule.Run<TContract>();
        return Registered ?? throw ContractModule.NotGenerated<TContract>();
    }
}
