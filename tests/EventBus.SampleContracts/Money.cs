namespace EventBus.SampleContracts;

/// <summary>A type with a custom formatter.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">The currency.</param>
[Formatter(typeof(MoneyFormatter))]
public readonly record struct Money(decimal Amount, string Currency);
