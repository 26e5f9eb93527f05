using System.Diagnostics.CodeAnalysis;

#pragma warning disable IDE0130 // MessagePack-CSharp's attributes are known by their names alone: these stand for them.

namespace MessagePack;

/// <summary>Stands in for the attribute of MessagePack-CSharp.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "As the original.")]
public sealed class KeyAttribute : Attribute
{
    /// <summary>An index of an array. This wire does not use arrays for payloads.</summary>
    public KeyAttribute(int x) => IntKey = x;

    /// <summary>A key of a map.</summary>
    public KeyAttribute(string x) => StringKey = x;

    /// <summary>The index.</summary>
    public int? IntKey { get; }

    /// <summary>The key.</summary>
    public string? StringKey { get; }
}

/// <summary>Stands in for the attribute of MessagePack-CSharp.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class IgnoreMemberAttribute : Attribute;

/// <summary>Stands in for the attribute of MessagePack-CSharp.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class SerializationConstructorAttribute : Attribute;
