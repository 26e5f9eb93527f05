using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The attributes that describe a member on the wire. They belong to three families. If these disagree, System.Text.Json wins over the data
/// contract, and the data contract over MessagePack-CSharp.
/// </summary>
internal sealed class MemberAttributes
{
    // The values of JsonIgnoreCondition.
    private const int Never = 0;
    private const int Always = 1;
    private const int WhenWritingDefault = 2;
    private const int WhenWritingNull = 3;

    private static readonly MemberAttributes None = new();

    private readonly int? _jsonIgnore;
    private readonly bool _leavesOutDefault;

    private MemberAttributes()
    {
    }

    private MemberAttributes(ISymbol member)
    {
        var dataMember = member.FindAttribute(KnownNames.DataMemberAttribute);
        if (member.FindAttribute(KnownNames.JsonIgnoreAttribute) is { } ignore)
            _jsonIgnore = ignore.FindNamed("Condition") as int? ?? Always;
        _leavesOutDefault = dataMember?.FindNamed("EmitDefaultValue") is false;
        Names =
        [
            .. Name("[JsonPropertyName]", member.FindText(KnownNames.JsonPropertyNameAttribute)),
            .. Name("[DataMember]", dataMember?.FindNamed("Name") as string),
            .. Name("[Key]", member.FindText(KnownNames.KeyAttribute)),
        ];
        Verdicts =
        [
            .. Verdict("[JsonIgnore]", _jsonIgnore is Always, isIn: false),
            .. Verdict("[JsonIgnore(Condition = …)]", _jsonIgnore is not (null or Always), isIn: true),
            .. new[] { KnownNames.JsonPropertyNameAttribute, KnownNames.JsonIncludeAttribute, KnownNames.JsonRequiredAttribute }
                .SelectMany(name => Verdict(Display(name), member.HasAttribute(name), isIn: true)),
            .. Verdict("[IgnoreDataMember]", member.HasAttribute(KnownNames.IgnoreDataMemberAttribute), isIn: false),
            .. Verdict("[DataMember]", dataMember is not null, isIn: true),
            .. Verdict("[IgnoreMember]", member.HasAttribute(KnownNames.IgnoreMemberAttribute), isIn: false),
            .. Verdict("[Key]", member.HasAttribute(KnownNames.KeyAttribute), isIn: true),
        ];
        IsRequired = member.HasAttribute(KnownNames.JsonRequiredAttribute) || dataMember?.FindNamed("IsRequired") is true;
    }

    /// <summary>The names that attributes give the member, each with its attribute. The first one wins.</summary>
    public IReadOnlyList<(string Attribute, string Name)> Names { get; } = [];

    /// <summary>The attributes that put the member on the wire or keep it off. The first one wins.</summary>
    public IReadOnlyList<(string Attribute, bool IsIn)> Verdicts { get; } = [];

    public string? WireName => Names.Select(static name => name.Name).FirstOrDefault();

    public bool IsIgnored => Verdicts.Count > 0 && !Verdicts[0].IsIn;

    /// <summary>
    /// Whether an attribute puts the member on the wire. A member that is not public needs one, and so does every member of a
    /// <c>[DataContract]</c>.
    /// </summary>
    public bool IsIncluded => Verdicts.Count > 0 && Verdicts[0].IsIn;

    /// <summary>Whether an attribute says that the member must be present.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether the member is written but not read, or read but not written.</summary>
    public bool IsOneWay => _jsonIgnore > WhenWritingNull;

    /// <summary>Whether the member is omitted if it is null, and only then.</summary>
    public bool LeavesOutNull => _jsonIgnore is WhenWritingNull;

    /// <summary>Whether the member is omitted if it has the default value of its type.</summary>
    public bool LeavesOutDefault =>
        _jsonIgnore is WhenWritingDefault || (_leavesOutDefault && _jsonIgnore is not (Never or WhenWritingNull));

    public static MemberAttributes Of(ISymbol member) => member.GetAttributes().IsEmpty ? None : new(member);

    private static IEnumerable<(string, string)> Name(string attribute, string? name) => name is null ? [] : [(attribute, name)];

    private static IEnumerable<(string, bool)> Verdict(string attribute, bool isThere, bool isIn) => isThere ? [(attribute, isIn)] : [];

    private static string Display(string attribute) =>
        $"[{attribute.Substring(attribute.LastIndexOf('.') + 1).Replace(nameof(Attribute), "")}]";
}
