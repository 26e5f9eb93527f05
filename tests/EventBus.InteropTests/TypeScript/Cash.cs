namespace EventBus.InteropTests.TypeScript;

/// <summary>The other case of a union.</summary>
public sealed record Cash(decimal Amount, decimal Change) : Payment(Amount);
