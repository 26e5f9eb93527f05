namespace EventBus;

/// <summary>What generated code says of the sizes of one contract's events.</summary>
internal static class ContractSizes<TContract>
    where TContract : class
{
    private static IReadOnlyDictionary<string, EventSize>? _sizes;

    /// <summary>Set by the registration; asked only where somebody wants to know.</summary>
    public static Func<IReadOnlyDictionary<string, EventSize>>? Source { get; set; }

    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public static IReadOnlyDictionary<string, EventSize> Required => _sizes ??= (Source ?? Load())();

    private static Func<IReadOnlyDictionary<string, EventSize>> Load()
    {
        ContractModule.Run<TContract>();
        return Source ?? throw ContractModule.NotGenerated<TContract>();
    }
}
