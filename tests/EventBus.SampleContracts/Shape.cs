using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>A union whose own type is no case: it is what comes without a discriminator.</summary>
[JsonDerivedType(typeof(Circle), "circle")]
public class Shape
{
    /// <summary>A member of all.</summary>
    public string? Label { get; set; }
}

/// <summary>A case.</summary>
public sealed class Circle : Shape
{
    /// <summary>Its own.</summary>
    public double Radius { get; set; }
}
