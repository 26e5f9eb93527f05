using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>A union whose base type is sent without a discriminator.</summary>
[JsonDerivedType(typeof(Circle), "circle")]
public class Shape
{
    /// <summary>A member of all cases.</summary>
    public string? Label { get; set; }
}

/// <summary>A case.</summary>
public sealed class Circle : Shape
{
    /// <summary>Its own.</summary>
    public double Radius { get; set; }
}
