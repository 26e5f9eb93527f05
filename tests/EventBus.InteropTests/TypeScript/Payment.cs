using System.Text.Json.Serialization;

namespace EventBus.InteropTests.TypeScript;

/// <summary>A union.</summary>
[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Cash), "cash")]
public abstract record Payment(decimal Amount);
