using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>A tree of unions.</summary>
[JsonDerivedType(typeof(Literal), "literal")]
[JsonDerivedType(typeof(Sum), "sum")]
public abstract record Expression;

/// <summary>A leaf.</summary>
/// <param name="Value">The value.</param>
public sealed record Literal(int Value) : Expression;

/// <summary>A branch.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
public sealed record Sum(Expression Left, Expression Right) : Expression;
