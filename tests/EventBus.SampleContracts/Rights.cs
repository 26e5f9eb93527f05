using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Flags as a number.</summary>
[Flags]
[SuppressMessage("Naming", "CA1714:Flags enums should have plural names", Justification = "They have.")]
public enum Rights
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Read.</summary>
    Read = 4,

    /// <summary>Write.</summary>
    Write = 8,
}

/// <summary>Flags as names.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<RightsByName>))]
[SuppressMessage("Naming", "CA1714:Flags enums should have plural names", Justification = "They have.")]
public enum RightsByName
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Read.</summary>
    Read = 1,

    /// <summary>Write.</summary>
    Write = 2,
}

/// <summary>No values have names.</summary>
[SuppressMessage("Design", "CA1028:Enum storage should be Int32", Justification = "Sizes.")]
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "That is the point.")]
public enum Unnamed : short
{
}
