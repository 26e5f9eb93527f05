using System.Runtime.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Attributes of the data contract: only what is marked is on the wire.</summary>
[DataContract]
public sealed class DataMembers
{
    [DataMember(Name = "note")]
    private string _note = "";

    /// <summary>Must be there, and has another name.</summary>
    [DataMember(Name = "number", IsRequired = true)]
    public int Id { get; set; }

    /// <summary>Left out where it is 0.</summary>
    [DataMember(EmitDefaultValue = false)]
    public int Page { get; set; }

    /// <summary>Not marked.</summary>
    public string Unmarked { get; set; } = "unmarked";

    /// <summary>What the private field holds.</summary>
    public string Recall() => _note;

    /// <summary>Sets the private field.</summary>
    public DataMembers Remember(string note)
    {
        _note = note;
        return this;
    }
}
