using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The attributes that describe a member on the wire. If those of several serializers disagree, System.Text.Json wins over Newtonsoft.Json,
/// this one over the data contract, and the data contract over MessagePack-CSharp. Other serializers can only keep a member off the wire.
/// </summary>
internal sealed class MemberAttributes
{
    // The values of JsonIgnoreCondition.
    private const int Never = 0;
    private const int Always = 1;
    private const int WhenWritingDefault = 2;
    private const int WhenWritingNull = 3;

    // Of NullValueHandling, DefaultValueHandling and Required of Newtonsoft.Json.
    private const int Ignore = 1;
    private const int RequiredAllowNull = 1;
    private const int RequiredAlways = 2;

    private static readonly MemberAttributes None = new();

    private readonly int? _jsonIgnore;
    private readonly bool _leavesOutNull;
    private readonly bool _leavesOutDefault;

    private MemberAttributes()
    {
    }

    private MemberAttributes(ISymbol member, ImmutableArray<AttributeData> all)
    {
        var newtonsoft = all.Find(KnownNames.NewtonsoftJsonPropertyAttribute);
        var dataMember = all.Find(KnownNames.DataMemberAttribute);
        if (member.FindAttribute(KnownNames.JsonIgnoreAttribute) is { } ignore)
            _jsonIgnore = ignore.FindNamed("Condition") as int? ?? Always;
        _leavesOutNull = newtonsoft?.FindNamed("NullValueHandling") is Ignore;
        HasOtherDefault = all.Find(KnownNames.DefaultValueAttribute) is { } given && !IsDefaultOfType(given, member);
        _leavesOutDefault = (newtonsoft?.FindNamed("DefaultValueHandling") is Ignore && !HasOtherDefault)
            || dataMember?.FindNamed("EmitDefaultValue") is false;
        Names =
        [
            .. Name("[JsonPropertyName]", member.FindText(KnownNames.JsonPropertyNameAttribute)),
            .. Name("[JsonProperty]", newtonsoft?.FindArgument("PropertyName") as string),
            .. Name("[DataMember]", dataMember?.FindNamed("Name") as string),
            .. Name("[Key]", all.Find(KnownNames.KeyAttribute)?.FirstArgument() as string),
        ];
        Verdicts =
        [
            .. Verdict("[JsonIgnore]", _jsonIgnore is Always, isIn: false),
            .. Verdict("[JsonIgnore(Condition = …)]", _jsonIgnore is not (null or Always), isIn: true),
            .. new[] { KnownNames.JsonPropertyNameAttribute, KnownNames.JsonIncludeAttribute, KnownNames.JsonRequiredAttribute }
                .SelectMany(name => Verdict(Display(name), member.HasAttribute(name), isIn: true)),
            .. Verdict("[JsonIgnore] of Newtonsoft.Json", all.Find(KnownNames.NewtonsoftJsonIgnoreAttribute) is not null, isIn: false),
            .. Verdict("[JsonProperty]", newtonsoft is not null, isIn: true),
            .. Verdict("[JsonRequired] of Newtonsoft.Json", all.Find(KnownNames.NewtonsoftJsonRequiredAttribute) is not null, isIn: true),
            .. Verdict("[IgnoreDataMember]", all.Find(KnownNames.IgnoreDataMemberAttribute) is not null, isIn: false),
            .. Verdict("[DataMember]", dataMember is not null, isIn: true),
            .. Verdict("[IgnoreMember]", all.Find(KnownNames.IgnoreMemberAttribute) is not null, isIn: false),
            .. Verdict("[Key]", all.Find(KnownNames.KeyAttribute) is not null, isIn: true),
            .. IgnoreAttributes.Of(member, all).SelectMany(static attribute => Verdict(attribute, isThere: true, isIn: false)),
        ];
        IsRequired = member.HasAttribute(KnownNames.JsonRequiredAttribute)
            || all.Find(KnownNames.NewtonsoftJsonRequiredAttribute) is not null
            || newtonsoft?.FindNamed("Required") is RequiredAllowNull or RequiredAlways
            || dataMember?.FindNamed("IsRequired") is true;
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

    /// <summary>Whether <c>[DefaultValue]</c> gives the member another default than its type has. Newtonsoft.Json omits that one.</summary>
    public bool HasOtherDefault { get; }

    /// <summary>Whether the member is written but not read, or read but not written.</summary>
    public bool IsOneWay => _jsonIgnore > WhenWritingNull;

    /// <summary>Whether the member is omitted if it is null, and only then.</summary>
    public bool LeavesOutNull => _jsonIgnore is WhenWritingNull || (_leavesOutNull && _jsonIgnore is null);

    /// <summary>Whether the member is omitted if it has the default value of its type.</summary>
    public bool LeavesOutDefault =>
        _jsonIgnore is WhenWritingDefault || (_leavesOutDefault && _jsonIgnore is not (Never or WhenWritingNull));

    public static MemberAttributes Of(ISymbol member)
    {
        var attributes = DeclaredAttributes.Of(member);
        return attributes.IsEmpty && !IgnoreAttributes.Of(member, attributes).Any() ? None : new(member, attributes);
    }

    private static bool IsDefaultOfType(AttributeData attribute, ISymbol member)
    {
        var type = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
        var canBeNull = type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return attribute.ConstructorArguments is { Length: 1 } arguments
            && arguments[0].Kind != TypedConstantKind.Array
            && attribute.FirstArgument() switch
            {
                null => canBeNull,
                false or '\0' => !canBeNull,
                IConvertible number and not (string or bool or char) => !canBeNull && number.ToDouble(CultureInfo.InvariantCulture) == 0,
                _ => false,
            };
    }

    private static IEnumerable<(string, string)> Name(string attribute, string? name) => name is null ? [] : [(attribute, name)];

    private static IEnumerable<(string, bool)> Verdict(string attribute, bool isThere, bool isIn) => isThere ? [(attribute, isIn)] : [];

    private static string Display(string attribute) =>
        $"[{attribute.Substring(attribute.LastIndexOf('.') + 1).Replace(nameof(Attribute), "")}]";
}
