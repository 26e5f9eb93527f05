using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>A union by an interface.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Cash), "cash")]
[JsonDerivedType(typeof(Card), "card")]
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "A union.")]
public interface IPayment;

/// <summary>A struct.</summary>
/// <param name="Amount">How much.</param>
public readonly record struct Cash(decimal Amount) : IPayment;

/// <summary>A class.</summary>
public sealed record Card : IPayment
{
    /// <summary>Keeps its initial value if it is missing.</summary>
    public string Scheme { get; init; } = "any";
}
