using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>
/// What the attributes of a member say of it on the wire. Three families have their say, and the first that says anything holds: System.Text.Json's,
/// then the data contract's, then MessagePack-CSharp's.
/// </summary>
internal sealed class MemberAttributes
{
    // JsonIgnoreCondition.
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
        _jsonIgnore = member.FindAttribute(KnownNames.JsonIgnoreAttribute) is { } ignore ? ignore.FindNamed("Condition") as int? ?? Always : null;
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

    /// <summary>The names that the member is given, with the attribute that does; the first holds.</summary>
    public IReadOnlyList<(string Attribute, string Name)> Names { get; } = [];

    /// <summary>Which attributes say that the member is on the wire, and which that it is not; the first holds.</summary>
    public IReadOnlyList<(string Attribute, bool IsIn)> Verdicts { get; } = [];

    public string? WireName => Names.Select(static name => name.Name).FirstOrDefault();

    public bool IsIgnored => Verdicts.Count > 0 && !Verdicts[0].IsIn;

    /// <summary>Whether an attribute asks for the member, which a member that is not public needs, and every member of a <c>[DataContract]</c>.</summary>
    public bool IsIncluded => Verdicts.Count > 0 && Verdicts[0].IsIn;

    /// <summary>Whether an attribute says that the member must be there.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether the member is written but not read, or read but not written.</summary>
    public bool IsOneWay => _jsonIgnore > WhenWritingNull;

    /// <summary>Whether the member is left out where it is null, and nowhere else.</summary>
    public bool LeavesOutNull => _jsonIgnore is WhenWritingNull;

    /// <summary>Whether the member is left out where it is the default of its type.</summary>
    public bool LeavesOutDefault => _jsonIgnore is WhenWritingDefault || (_leavesOutDefault && _jsonIgnore is not (Never or WhenWritingNull));

    public static MemberAttributes Of(ISymbol member) => member.GetAttributes().IsEmpty ? None : new(member);

    private static IEnumerable<(string, string)> Name(string attribute, string? name) => name is null ? [] : [(attribute, name)];

    private static IEnumerable<(string, bool)> Verdict(string attribute, bool isThere, bool isIn) => isThere ? [(attribute, isIn)] : [];

    private static string Display(string attribute) =>
        $"[{attribute.Substring(attribute.LastIndexOf('.') + 1).Replace(nameof(Attribute), "")}]";
}
