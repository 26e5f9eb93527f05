using MessagePack;

namespace EventBus.SampleContracts;

/// <summary>Attributes of MessagePack-CSharp.</summary>
public sealed class PackedMembers
{
    /// <summary>The marked one of two constructors is used.</summary>
    public PackedMembers() => Made = "by nobody";

    /// <summary>The marked one of two constructors is used.</summary>
    [SerializationConstructor]
    public PackedMembers(string made) => Made = made;

    /// <summary>Taken by the constructor.</summary>
    [Key("m")]
    public string Made { get; }

    /// <summary>An index of an array is no name on this wire.</summary>
    [Key(1)]
    public int Id { get; set; }

    /// <summary>Never sent.</summary>
    [IgnoreMember]
    public string Secret { get; set; } = "secret";
}
