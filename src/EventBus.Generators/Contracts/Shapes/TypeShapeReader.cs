using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// Finds the shape of a type; this is the only place that decides which types are supported. A reader reads each type once, and is
/// thread-safe.
/// </summary>
internal sealed class TypeShapeReader(Compilation compilation)
{
    // Types that differ in annotations or in the names of tuple items are different types here.
    private readonly ConcurrentDictionary<ITypeSymbol, TypeShape> _shapes = new(SymbolEqualityComparer.IncludeNullability);
    private readonly ConcurrentDictionary<INamedTypeSymbol, PayloadShape> _members = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Lazy<AliasedAssemblies> _aliased = new(() => new(compilation));

    public Compilation Compilation { get; } = compilation;

    public AliasedAssemblies Aliased => _aliased.Value;

    public TypeShape Read(IParameterSymbol parameter) =>
        CustomFormatter.On(parameter) is { } formatter ? ReadCustom(parameter.Type, formatter) : Read(parameter.Type);

    public TypeShape Read(PayloadMember member) =>
        CustomFormatter.On(member.Symbol, member.Parameter) is { } formatter
            ? ReadCustom(member.Type, formatter)
            : Read(member.Type, member.EnumsByName);

    public TypeShape Read(ITypeSymbol type, bool enumsByName = false) =>
        enumsByName ? ReadAnew(type, enumsByName) : _shapes.GetOrAdd(type, type => ReadAnew(type, enumsByName: false));

    /// <summary>The shapes that the event carries there and back: its sent parameters and its ack.</summary>
    public IEnumerable<(ISymbol Symbol, TypeShape Shape, string Name)> ReadCarried(IMethodSymbol method)
    {
        foreach (var parameter in EventSignature.SentParameters(method))
            yield return (parameter, Read(parameter), parameter.Name);
        if (EventSignature.AckType(method) is { } ack)
            yield return (method, Read(ack), EventSignature.AckName);
    }

    /// <summary>The members of a payload, and how it is read back.</summary>
    public PayloadShape Members(INamedTypeSymbol payload) => _members.GetOrAdd(payload, payload => PayloadShape.Of(payload, Compilation));

    /// <summary>The cases of a union.</summary>
    public UnionShape Cases(INamedTypeSymbol union) => UnionShape.Of(union, Compilation);

    /// <summary>The shape of a union's case: always a payload, even if the case is a union itself.</summary>
    public TypeShape ReadCase(INamedTypeSymbol union, INamedTypeSymbol type)
    {
        if (CustomFormatter.On(type) is not null)
        {
            var reason = $"its case '{type.Name}' has a [Formatter], which does not write the discriminator";
            return new TypeShape.Unsupported(union, reason, PartRule.Union);
        }

        return WhyUnnameable(type) is { } unnameable ? new TypeShape.Unsupported(type, unnameable) : ReadPayload(type);
    }

    private string? WhyUnnameable(INamedTypeSymbol type) =>
        !Compilation.IsSymbolAccessibleWithin(type, Compilation.Assembly) || IsFileLocal(type)
            ? "generated code cannot access the type; make it public or internal"
            : Aliased.WhyUnnameable(type);

    private TypeShape ReadCustom(ITypeSymbol type, ITypeSymbol formatter) =>
        (Aliased.WhyUnnameable(type) ?? Aliased.WhyUnnameable(formatter)) is { } reason
            ? new TypeShape.Unsupported(type, reason)
            : CustomFormatter.Read(type, formatter, Compilation);

    private TypeShape ReadAnew(ITypeSymbol type, bool enumsByName)
    {
        if (type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated)
        {
            var strict = ReadStrict(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
            return strict is TypeShape.Unsupported ? strict : new TypeShape.Nullable(type, strict);
        }

        return ReadStrict(type, enumsByName);
    }

    private TypeShape ReadStrict(ITypeSymbol type, bool enumsByName = false) => type switch
    {
        { TypeKind: TypeKind.Error } => new TypeShape.Unsupported(type, "the type does not exist"),
        { TypeKind: TypeKind.Dynamic } =>
            new TypeShape.Unsupported(type, "a dynamic value has no fixed form; use 'EventValue' or 'object' for any JSON value"),
        IArrayTypeSymbol { Rank: > 1 } => new TypeShape.Unsupported(type, "an array must have one dimension; use an array of arrays"),
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => new TypeShape.Scalar(type, "ByteArrayFormatter"),
        IArrayTypeSymbol array => new TypeShape.Sequence(type, "ArrayFormatter", Read(array.ElementType)),
        INamedTypeSymbol named => ReadNamed(named, enumsByName),
        _ => new TypeShape.Unsupported(type, "pointers and type parameters have no form on the wire"),
    };

    private TypeShape ReadNamed(INamedTypeSymbol type, bool enumsByName)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            var underlying = Read(type.TypeArguments[0], enumsByName);
            return underlying is TypeShape.Unsupported ? underlying : new TypeShape.Nullable(type, underlying);
        }

        if (WhyUnnameable(type) is { } unnameable)
            return new TypeShape.Unsupported(type, unnameable);

        if (CustomFormatter.On(type) is { } custom)
            return ReadCustom(type, custom);

        if (type.TypeKind == TypeKind.Enum)
            return ReadEnum(type, enumsByName || EnumNames.AreAskedForBy(type));

        if (type.IsTupleType && type.TupleElements.Length is > 1 and <= BuiltInFormatters.LongestTuple)
            return new TypeShape.Tuple(type, [.. type.TupleElements.Select(item => Read(item.Type))]);

        var name = type.GetFullMetadataName();
        if (BuiltInFormatters.Scalars.TryGetValue(name, out var formatter))
            return new TypeShape.Scalar(type, formatter);
        if (BuiltInFormatters.Binaries.TryGetValue(name, out formatter) && type.TypeArguments[0].SpecialType == SpecialType.System_Byte)
            return new TypeShape.Scalar(type, formatter);
        if (BuiltInFormatters.Sequences.TryGetValue(name, out formatter))
            return new TypeShape.Sequence(type, formatter, Read(type.TypeArguments[0]));
        if (BuiltInFormatters.Dictionaries.TryGetValue(name, out formatter))
            return ReadDictionary(type, formatter);
        if (UnionShape.IsUnion(type))
            return new TypeShape.Union(type);
        return ReadPayload(type);
    }

    private static TypeShape ReadPayload(INamedTypeSymbol type) =>
        WhyNoPayload(type) is { } reason ? new TypeShape.Unsupported(type, reason) : new TypeShape.Payload(type);

    private static TypeShape ReadEnum(INamedTypeSymbol type, bool byName) => byName && EnumNames.Problem(type) is { } problem
        ? new TypeShape.Unsupported(type, problem, PartRule.Payload)
        : new TypeShape.Enum(type, byName);

    private TypeShape ReadDictionary(INamedTypeSymbol type, string formatter)
    {
        var key = type.TypeArguments[0];
        if (key.TypeKind == TypeKind.Enum && EnumNames.Problem(key) is { } problem)
            return new TypeShape.Unsupported(key, problem, PartRule.Payload);
        return KeyFormatter(key) is { } keyFormatter
            ? new TypeShape.Dictionary(type, formatter, key, keyFormatter, Read(type.TypeArguments[1]))
            : new TypeShape.Unsupported(type, "keys are texts on the wire; use a string, an integer, an enum or a Guid as the key");
    }

    private static string? KeyFormatter(ITypeSymbol key) => key switch
    {
        { TypeKind: TypeKind.Enum } => "EnumKeyFormatter",
        { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated } => "StringKeyFormatter",
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => "IntegerKeyFormatter",
        INamedTypeSymbol named when named.IsNamed("System.Guid") => "GuidKeyFormatter",
        _ => null,
    };

    private static string? WhyNoPayload(INamedTypeSymbol type)
    {
        if (type.IsTupleType)
            return $"a tuple must have two to {BuiltInFormatters.LongestTuple} items; use a record";
        if (type.TypeKind == TypeKind.Interface && !IsFrameworkType(type))
            return "an interface must list its classes; add [JsonDerivedType]";
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) || type.IsRefLikeType)
            return $"delegates and ref structs have no form on the wire{Alternatives.To(type)}";
        if (type.IsNamed(KnownNames.CancellationToken) || type.IsNamed(KnownNames.EventContext))
            return "it has no meaning in another process; declare it as a parameter of the event, and the bus provides it";
        if (type.HasAttribute(KnownNames.InlineArrayAttribute))
            return "an inline array has no form on the wire; use an array";
        if (IsFrameworkType(type))
            return $"this type of the framework has no form on the wire{Alternatives.To(type)}";
        if (type.IsAbstract)
            return "an abstract class must list its derived classes; add [JsonDerivedType]";
        return type.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable)
            ? "custom collection classes have no form on the wire; use a list or a dictionary"
            : null;
    }

    private static bool IsFrameworkType(INamedTypeSymbol type)
    {
        var ns = type.ContainingNamespace;
        while (ns is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            ns = ns.ContainingNamespace;
        return ns is { Name: "System", IsGlobalNamespace: false };
    }

    private static bool IsFileLocal(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
                return true;
        }

        return type.TypeArguments.OfType<INamedTypeSymbol>().Any(IsFileLocal);
    }
}
