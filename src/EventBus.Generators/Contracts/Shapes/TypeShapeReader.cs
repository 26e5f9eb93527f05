using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// Finds the shape of a type; this is the only place that decides which types are supported. A reader reads each type once, and is
/// thread-safe.
/// </summary>
internal sealed class TypeShapeReader(Compilation compilation)
{
    private readonly FormatterScope _ownScope = new(compilation.Assembly);
    private readonly FormatterScope _keyScope = new();
    private readonly ConcurrentDictionary<IAssemblySymbol, FormatterScope> _scopes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, PayloadShape> _members = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Lazy<AliasedAssemblies> _aliased = new(() => new(compilation));

    public Compilation Compilation { get; } = compilation;

    public AliasedAssemblies Aliased => _aliased.Value;

    public TypeShape Read(IParameterSymbol parameter) =>
        CustomFormatter.On(parameter) is { } formatter ? ReadCustom(parameter.Type, formatter) : Read(parameter.Type, ScopeOf(parameter));

    public TypeShape Read(PayloadMember member) =>
        CustomFormatter.On(member.Symbol, member.Parameter) is { } formatter
            ? ReadCustom(member.Type, formatter)
            : NumberHandling.Apply(Read(member.Type, ScopeOf(member.Symbol), member.EnumsByName), member.NumberHandling);

    /// <summary>The shape of a type that no declaration carries.</summary>
    public TypeShape Read(ITypeSymbol type) => Read(type, _ownScope);

    /// <summary>The shape of a key of dictionaries. The formatters that an assembly sets are not those of keys.</summary>
    public TypeShape ReadKey(ITypeSymbol type) => Read(type, _keyScope);

    /// <summary>The shape of the type that a method returns, which need not be an ack.</summary>
    public TypeShape ReadReturned(IMethodSymbol method) => Read(method.ReturnType, ScopeOf(method));

    /// <summary>The shape of the event's ack; null if there is none.</summary>
    public TypeShape? ReadAck(IMethodSymbol method) => EventSignature.AckType(method) is { } ack ? Read(ack, ScopeOf(method)) : null;

    /// <summary>The shapes that the event carries there and back: its sent parameters and its ack.</summary>
    public IEnumerable<(ISymbol Symbol, TypeShape Shape, string Name)> ReadCarried(IMethodSymbol method)
    {
        foreach (var parameter in EventSignature.SentParameters(method))
            yield return (parameter, Read(parameter), parameter.Name);
        if (ReadAck(method) is { } ack)
            yield return (method, ack, EventSignature.AckName);
    }

    /// <summary>The members of a payload, and how it is read back.</summary>
    public PayloadShape Members(INamedTypeSymbol payload) => _members.GetOrAdd(payload, payload => PayloadShape.Of(payload, this));

    /// <summary>The cases of a union.</summary>
    public UnionShape Cases(INamedTypeSymbol union) => UnionShape.Of(union, Compilation);

    /// <summary>The shape of a union's case: always a payload, even if the case is a union itself.</summary>
    public TypeShape ReadCase(INamedTypeSymbol union, INamedTypeSymbol type)
    {
        if (FormatterOf(type, ScopeOf(union)) is not null)
        {
            var reason = $"its case '{type.Name}' has a [Formatter], which does not write the discriminator";
            return new TypeShape.Unsupported(union, reason, PartRule.Union);
        }

        if (FindSingleValue(type, ScopeOf(union)) is not null)
        {
            var reason = $"its case '{type.Name}' is one value, so the discriminator is not written; add another class as the case";
            return new TypeShape.Unsupported(union, reason, PartRule.Union);
        }

        return WhyUnnameable(type) is { } unnameable ? new TypeShape.Unsupported(type, unnameable) : ReadPayload(type);
    }

    private string? WhyUnnameable(INamedTypeSymbol type) =>
        !Compilation.IsSymbolAccessibleWithin(type, Compilation.Assembly) || IsFileLocal(type)
            ? "generated code cannot access the type; make it public or internal"
            : Aliased.WhyUnnameable(type);

    // Most assemblies have no such attribute, and share the scope of the assembly that is compiled.
    private FormatterScope ScopeOf(ISymbol declaration) => _scopes.GetOrAdd(
        declaration.ContainingAssembly,
        declaring => SymbolEqualityComparer.Default.Equals(declaring, Compilation.Assembly) || !FormatterScope.IsSetBy(declaring)
            ? _ownScope
            : new FormatterScope(Compilation.Assembly, declaring));

    // The attribute of the assembly is nearer to the use than that of the type, which may be of another assembly.
    private static ITypeSymbol? FormatterOf(ITypeSymbol type, FormatterScope scope) => scope.Find(type) ?? CustomFormatter.On(type);

    private TypeShape ReadCustom(ITypeSymbol type, ITypeSymbol formatter) =>
        (Aliased.WhyUnnameable(type) ?? Aliased.WhyUnnameable(formatter)) is { } reason
            ? new TypeShape.Unsupported(type, reason)
            : CustomFormatter.Read(type, formatter, Compilation);

    private TypeShape Read(ITypeSymbol type, FormatterScope scope, bool enumsByName = false) => enumsByName
        ? ReadAnew(type, scope, enumsByName)
        : scope.Shapes.GetOrAdd(type, type => ReadAnew(type, scope, enumsByName: false));

    private TypeShape ReadAnew(ITypeSymbol type, FormatterScope scope, bool enumsByName)
    {
        if (type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated)
        {
            var strict = ReadStrict(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), scope);
            return strict is TypeShape.Unsupported ? strict : new TypeShape.Nullable(type, strict);
        }

        return ReadStrict(type, scope, enumsByName);
    }

    private TypeShape ReadStrict(ITypeSymbol type, FormatterScope scope, bool enumsByName = false) => type switch
    {
        { TypeKind: TypeKind.Error } => new TypeShape.Unsupported(type, "the type does not exist"),
        { TypeKind: TypeKind.Dynamic } =>
            new TypeShape.Unsupported(type, "a dynamic value has no fixed form; use 'EventValue' or 'object' for any JSON value"),
        IArrayTypeSymbol when scope.Find(type) is { } formatter => ReadCustom(type, formatter),
        IArrayTypeSymbol { Rank: > 1 } => new TypeShape.Unsupported(type, "an array must have one dimension; use an array of arrays"),
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => new TypeShape.Scalar(type, "ByteArrayFormatter"),
        IArrayTypeSymbol array => new TypeShape.Sequence(type, "ArrayFormatter", Read(array.ElementType, scope)),
        INamedTypeSymbol named => ReadNamed(named, scope, enumsByName),
        _ => new TypeShape.Unsupported(type, "pointers and type parameters have no form on the wire"),
    };

    private TypeShape ReadNamed(INamedTypeSymbol type, FormatterScope scope, bool enumsByName)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && scope.Find(type) is null)
        {
            var underlying = Read(type.TypeArguments[0], scope, enumsByName);
            return underlying is TypeShape.Unsupported ? underlying : new TypeShape.Nullable(type, underlying);
        }

        if (WhyUnnameable(type) is { } unnameable)
            return new TypeShape.Unsupported(type, unnameable);

        if (FormatterOf(type, scope) is { } custom)
            return ReadCustom(type, custom);

        if (FindSingleValue(type, scope) is { } single)
            return ReadSingleValue(type, single, scope);

        if (type.TypeKind == TypeKind.Enum)
            return ReadEnum(type, enumsByName || EnumNames.AreAskedForBy(type));

        if (type.IsTupleType && type.TupleElements.Length is > 1 and <= BuiltInFormatters.LongestTuple)
            return new TypeShape.Tuple(type, [.. type.TupleElements.Select(item => Read(item.Type, scope))]);

        var name = type.GetFullMetadataName();
        if (BuiltInFormatters.Scalars.TryGetValue(name, out var formatter))
            return new TypeShape.Scalar(type, formatter);
        if (BuiltInFormatters.Binaries.TryGetValue(name, out formatter) && type.TypeArguments[0].SpecialType == SpecialType.System_Byte)
            return new TypeShape.Scalar(type, formatter);
        if (BuiltInFormatters.Sequences.TryGetValue(name, out formatter))
            return new TypeShape.Sequence(type, formatter, Read(type.TypeArguments[0], scope));
        if (BuiltInFormatters.Dictionaries.TryGetValue(name, out formatter))
            return ReadDictionary(type, formatter, scope);
        if (UnionShape.IsUnion(type))
            return new TypeShape.Union(type);
        return ReadPayload(type);
    }

    private TypeShape ReadPayload(INamedTypeSymbol type) =>
        NoPayload.Why(type, Compilation) is { } reason ? new TypeShape.Unsupported(type, reason) : new TypeShape.Payload(type);

    // The assembly that declares a type may mark it, too: its attribute is like one of the type itself.
    private SingleValueResult? FindSingleValue(INamedTypeSymbol type, FormatterScope scope)
    {
        var isMarked = scope.IsSingleValue(type) || (type.ContainingAssembly is not null && ScopeOf(type).IsSingleValue(type));
        return SingleValueResult.Find(type, isMarked, Compilation);
    }

    private TypeShape ReadSingleValue(INamedTypeSymbol type, SingleValueResult found, FormatterScope scope)
    {
        if (found.Value is not { } single)
            return new TypeShape.Unsupported(type, found.Problem!, PartRule.SingleValue);
        if (IsSingle(single.Type, scope))
        {
            var shape = Read(single.Type, scope);
            return shape is TypeShape.Unsupported ? shape : new TypeShape.SingleValue(type, single, shape);
        }

        var value = single.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        var reason = $"its value of type '{value}' is not a text, a number, a Guid or another type that is one value and never null";
        return new TypeShape.Unsupported(type, reason, PartRule.SingleValue);
    }

    // Not a type that can hold anything: null would be both no object and an object of null. Nor a type with parts: these may contain the
    // object again, without an end.
    private static bool IsSingle(ITypeSymbol type, FormatterScope scope) =>
        type.NullableAnnotation != NullableAnnotation.Annotated
        && (FormatterOf(type, scope) is not null || type switch
        {
            IArrayTypeSymbol array => array is { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte },
            INamedTypeSymbol named => named.TypeKind == TypeKind.Enum || BuiltInFormatters.IsScalar(named),
            _ => false,
        });

    private static TypeShape ReadEnum(INamedTypeSymbol type, bool byName) => byName && EnumNames.Problem(type) is { } problem
        ? new TypeShape.Unsupported(type, problem, PartRule.Payload)
        : new TypeShape.Enum(type, byName);

    private TypeShape ReadDictionary(INamedTypeSymbol type, string formatter, FormatterScope scope)
    {
        var key = type.TypeArguments[0];
        var single = ReadSingleKey(key, scope);
        if (single is TypeShape.Unsupported)
            return single;
        var written = (single as TypeShape.SingleValue)?.Value.Type ?? key;
        if (written.TypeKind == TypeKind.Enum && EnumNames.Problem(written) is { } problem)
            return new TypeShape.Unsupported(key, problem, PartRule.Payload);
        return KeyFormatter(written) is { } keyFormatter
            ? new TypeShape.Dictionary(
                type, formatter, key, single as TypeShape.SingleValue, keyFormatter, Read(type.TypeArguments[1], scope))
            : new TypeShape.Unsupported(type, "keys are texts on the wire; use a string, a number, an enum, a Guid or a date as the key");
    }

    // A [Formatter] does not apply to keys, so it does not matter here.
    private TypeShape? ReadSingleKey(ITypeSymbol key, FormatterScope scope) =>
        key is INamedTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } named
        && FindSingleValue(named, scope) is { } found
            ? ReadSingleValue((INamedTypeSymbol)named.WithNullableAnnotation(NullableAnnotation.NotAnnotated), found, scope)
            : null;

    private static string? KeyFormatter(ITypeSymbol key) => key switch
    {
        { TypeKind: TypeKind.Enum } => "EnumKeyFormatter",
        { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated } => "StringKeyFormatter",
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => "IntegerKeyFormatter",
        INamedTypeSymbol named when named.IsNamed("System.Guid") => "GuidKeyFormatter",
        INamedTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } named
            when BuiltInFormatters.Scalars.TryGetValue(named.GetFullMetadataName(), out var formatter)
                && BuiltInFormatters.OfKeys.Contains(formatter) => formatter,
        _ => null,
    };

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
