namespace EventBus.SampleContracts;

/// <summary>Members that attributes put on the wire, name, or keep off it, and members that are private.</summary>
[BroadcastEvent]
public interface IMemberEvents
{
    /// <summary>Attributes of System.Text.Json.</summary>
    void Json(JsonMembers members);

    /// <summary>Attributes of the data contract.</summary>
    void Data(DataMembers members);

    /// <summary>Attributes of MessagePack-CSharp.</summary>
    void Packed(PackedMembers members);

    /// <summary>Numbers that are text, or read from text.</summary>
    void Numbers(LenientNumbers numbers);

    /// <summary>A class that only its own assembly can make and change.</summary>
    void Account(Account account);

    /// <summary>A struct with a private setter.</summary>
    void Counter(Counter counter);

    /// <summary>A class whose base class has private members.</summary>
    void Savings(Savings savings);
}
