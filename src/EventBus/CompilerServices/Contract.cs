using System.ComponentModel;
using System.Reflection;
using System.Text;

namespace EventBus.CompilerServices;

/// <summary>
/// Registers and defines contracts. A module initializer registers one function for all contracts of an assembly, and the function defines
/// a contract when the program first uses it. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contract
{
    /// <summary>Registers the contracts of a module.</summary>
    /// <param name="module">The module that declares them.</param>
    /// <param name="define">Defines a contract of the module; null if the type is none. Any thread may call it, at any time.</param>
    public static void Register(Module module, Func<Type, ContractDefinition?> define) => ContractModules.Register(module, define);

    /// <summary>Defines a contract by its bus namespace and its events.</summary>
    public static ContractDefinition Define<TContract>(string busNamespace, params ReadOnlySpan<EventBinding<TContract>> events)
        where TContract : class
        => new Contract<TContract>(busNamespace, [.. events]);
}

/// <summary>The bus namespace and the events of a contract. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractDefinition : IContractDefinition
{
    private IReadOnlyDictionary<string, EventSize>? _sizes;

    private protected ContractDefinition(string busNamespace) => Namespace = busNamespace;

    IReadOnlyDictionary<string, EventSize> IContractDefinition.Sizes => _sizes ??= Sizes();

    internal string Namespace { get; }

    private protected abstract IReadOnlyDictionary<string, EventSize> Sizes();
}

/// <summary>The bus namespace and the events of one contract.</summary>
internal sealed class Contract<TContract>(string busNamespace, EventBinding<TContract>[] events) : ContractDefinition(busNamespace)
    where TContract : class
{
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    internal static Contract<TContract> Required => (Contract<TContract>)DefinedContract<TContract>.Required;

    internal IReadOnlyList<EventBinding<TContract>> Events => events;

    /// <summary>
    /// The event of that name; null if the contract has none. Contracts are small, and nearly all names differ in length already.
    /// </summary>
    internal EventBinding<TContract>? Find(ReadOnlySpan<byte> name)
    {
        foreach (var candidate in events)
        {
            if (name.SequenceEqual(candidate.Name))
                return candidate;
        }

        return null;
    }

    private protected override IReadOnlyDictionary<string, EventSize> Sizes() =>
        events.ToDictionary(static item => Encoding.UTF8.GetString(item.Name), static item => item.Size);
}
