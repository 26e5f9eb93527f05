using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>Runs the code that registers the contracts of an assembly.</summary>
internal static class ContractModule
{
    /// <summary>A contracts assembly in which no code has run yet has not run its module initializer either: naming a type is not enough.</summary>
    public static void Run<TContract>() => RuntimeHelpers.RunModuleConstructor(typeof(TContract).Module.ModuleHandle);

    public static InvalidOperationException NotGenerated<TContract>() => new(
        $"No code was generated for '{typeof(TContract)}'. Mark the interface [BroadcastEvent] and reference the EventBus package from the project that declares it.");
}
