namespace EventBus.InteropTests.TypeScript;

/// <summary>One case of a union.</summary>
public sealed record Card(decimal Amount, string LastDigits) : Payment(Amount);
