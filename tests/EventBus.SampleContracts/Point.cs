using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>A struct with fields.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Fields are sent too.")]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Not compared.")]
public struct Point
{
    /// <summary>A field.</summary>
    public int X;

    /// <summary>A field.</summary>
    public double Y;
}
