using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>Where generated code registers contracts: each contract's file has a module initializer that calls <see cref="Register"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contract
{
    /// <summary>Registers a contract's bus namespace and events.</summary>
    public static void Register<TContract>(string busNamespace, params ReadOnlySpan<EventBinding<TContract>> events)
        where TContract : class
    {
        var contract = new Contract<TContract>(busNamespace, [.. events]);
        Contract<TContract>.Registered = contract;
        ContractSizes<TContract>.Source = contract.Sizes;
    }
}
