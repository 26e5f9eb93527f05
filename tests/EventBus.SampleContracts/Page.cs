namespace EventBus.SampleContracts;

/// <summary>A generic payload, closed over nullable and other types.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, T? Next);
