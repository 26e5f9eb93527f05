using MessagePack;

namespace EventBus.SampleContracts;

/// <summary>Attributes of MessagePack-CSharp.</summary>
public sealed class PackedMembers
{
    /// <summary>Of two constructors the named one is taken.</summary>
    public PackedMembers() => Made = "by nobody";

    /// <summary>Of two constructors the named one is taken.</summary>
    [SerializationConstructor]
    public PackedMembers(string made) => Made = made;

    /// <summary>Taken by the constructor.</summary>
    [Key("m")]
    public string Made { get; }

    /// <summary>A place in an array says nothing of a name.</summary>
    [Key(1)]
    public int Id { get; set; }

    /// <summary>Never sent.</summary>
    [IgnoreMember]
    public string Secret { get; set; } = "secret";
}
