using System.Runtime.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Attributes of the data contract. Only marked members are sent.</summary>
[DataContract]
public sealed class DataMembers
{
    [DataMember(Name = "note")]
    private string _note = "";

    /// <summary>Required, with another name.</summary>
    [DataMember(Name = "number", IsRequired = true)]
    public int Id { get; set; }

    /// <summary>Left out if it is 0.</summary>
    [DataMember(EmitDefaultValue = false)]
    public int Page { get; set; }

    /// <summary>Not marked.</summary>
    public string Unmarked { get; set; } = "unmarked";

    /// <summary>The value of the private field.</summary>
    public string Recall() => _note;

    /// <summary>Sets the private field.</summary>
    public DataMembers Remember(string note)
    {
        _note = note;
        return this;
    }
}
