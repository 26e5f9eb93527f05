namespace EventBus.InteropTests.TypeScript;

/// <summary>The other one.</summary>
public sealed record Cash(decimal Amount, decimal Change) : Payment(Amount);
