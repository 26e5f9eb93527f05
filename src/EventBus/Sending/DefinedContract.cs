using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>A contract as generated code defines it. The layers above know more of it.</summary>
internal interface IContractDefinition
{
    /// <summary>The sizes of the events by their names.</summary>
    IReadOnlyDictionary<string, EventSize> Sizes { get; }
}

/// <summary>The definition of one contract. It is made when the contract is first used.</summary>
internal static class DefinedContract<TContract>
    where TContract : class
{
    private static IContractDefinition? _definition;

    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public static IContractDefinition Required => _definition ?? Define();

    // Two threads may define the contract at once. Both use the first definition.
    private static IContractDefinition Define()
    {
        var defined = ContractModules.Define(typeof(TContract)) ?? throw NotGenerated();
        return Interlocked.CompareExchange(ref _definition, defined, null) ?? defined;
    }

    private static InvalidOperationException NotGenerated() => new(
        $"No code was generated for '{typeof(TContract)}'. "
        + "Mark the interface [BroadcastEvent], and reference the EventBus package from the project that declares it.");
}

/// <summary>The modules that declare contracts, each with a function that defines one of them.</summary>
internal static class ContractModules
{
    private static readonly ConcurrentDictionary<Module, Func<Type, IContractDefinition?>> Registered = new();

    public static void Register(Module module, Func<Type, IContractDefinition?> define) => Registered[module] = define;

    /// <summary>Defines a contract anew; null if no code was generated for it.</summary>
    public static IContractDefinition? Define(Type contract)
    {
        Run(contract);
        return Registered.TryGetValue(contract.Module, out var define) ? define(contract) : null;
    }

    /// <summary>
    /// Runs the module initializer. If no code of an assembly has run yet, its initializer has not run either: naming a type is not enough.
    /// </summary>
    public static void Run(Type type) => RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
}
