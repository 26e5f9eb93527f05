namespace EventBus.SampleContracts;

/// <summary>Generic: closed over a type whose nulls are allowed or not.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, T? Next);
