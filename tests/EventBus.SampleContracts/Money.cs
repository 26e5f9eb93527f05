namespace EventBus.SampleContracts;

/// <summary>A type with a formatter of its own.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">Of what.</param>
[Formatter(typeof(MoneyFormatter))]
public readonly record struct Money(decimal Amount, string Currency);
