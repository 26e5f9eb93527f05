using System.Globalization;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>Composes the TypeScript of a type, as <c>Record&lt;string, Order | null&gt;</c>: the values that JavaScript receives.</summary>
internal sealed class TypeScriptComposer(TypeShapeReader shapes, TypeScriptNames names)
{
    private readonly SortedSet<string> _builtIns = new(StringComparer.Ordinal);

    /// <summary>The names of built-in types that were used so far.</summary>
    public IEnumerable<TypeScriptType> BuiltIns =>
        from name in _builtIns
        let definition = TypeScriptBuiltIns.Definitions[name]
        select new TypeScriptType { Name = name, Origin = definition.Remark, Expression = definition.Type };

    public string Compose(IParameterSymbol parameter) => Compose(shapes.Read(parameter));

    /// <summary>The TypeScript of the event's ack; null if there is none.</summary>
    public string? ComposeAck(IMethodSymbol method) => shapes.ReadAck(method) is { } ack ? Compose(ack) : null;

    /// <summary>The declaration of a payload, a union or an enum.</summary>
    public TypeScriptType Declare(string key, TypeShape shape) => shape switch
    {
        TypeShape.Enum value => new TypeScriptType { Name = names.Of(key), Origin = Origin(value), Expression = Literals(value) },
        TypeShape.Union union => new TypeScriptType { Name = names.Of(key), Origin = Display(union.Type), Expression = Cases(union) },
        _ => new TypeScriptType
        {
            Name = names.Of(key),
            Origin = Display(shape.Type),
            Members = Members((INamedTypeSymbol)shape.Type).ToEquatableArray(),
        },
    };

    private string Cases(TypeShape.Union union)
    {
        var cases = shapes.Cases(union.Type);
        return string.Join(" | ", cases.Cases.Select(item => Case(item, union, cases.Key)));
    }

    private string Case(UnionCase item, TypeShape.Union union, string key)
    {
        var discriminator = item.Discriminator switch
        {
            null => null,
            string text => $"{TypeScriptText.Key(key)}: {TypeScriptText.Literal(text)}",
            var number => $"{TypeScriptText.Key(key)}: {number}",
        };
        if (SymbolEqualityComparer.Default.Equals(item.Type, union.Type))
            return $"{{ {string.Join("; ", Members(item.Type).Prepend(discriminator).OfType<string>())} }}";
        return $"({{ {discriminator} }} & {names.Of(TypeScriptTypes.Key(new TypeShape.Payload(item.Type)))})";
    }

    private IEnumerable<string> Members(INamedTypeSymbol type) => shapes.Members(type).Members.Select(Member);

    private string Compose(TypeShape shape) => shape switch
    {
        TypeShape.Scalar scalar => OfScalar(TypeScriptBuiltIns.Names[scalar.Formatter]),
        TypeShape.NumberText text => text.IsWritten ? OfScalar("NumberText") : Compose(text.Number),
        TypeShape.SingleValue single => Compose(single.Value),
        TypeShape.Nullable nullable => OrNull(Compose(nullable.Underlying)),
        TypeShape.Sequence sequence => ArrayOf(Compose(sequence.Element)),
        TypeShape.Dictionary dictionary => TypeScriptTypes.KeyShape(dictionary) is { } key
            ? $"Partial<Record<{names.Of(TypeScriptTypes.Key(key))}, {Compose(dictionary.Value)}>>"
            : $"Record<string, {Compose(dictionary.Value)}>",
        TypeShape.Tuple tuple => $"[{string.Join(", ", tuple.Items.Zip(ItemNames(tuple), (item, name) => $"{name}: {Compose(item)}"))}]",
        TypeShape.Enum or TypeShape.Payload or TypeShape.Union => names.Of(TypeScriptTypes.Key(shape)),
        _ => "unknown",
    };

    private string OfScalar(string type)
    {
        if (TypeScriptBuiltIns.Definitions.ContainsKey(type))
            _builtIns.Add(type);
        return type;
    }

    private static string ArrayOf(string element) => CanBeNull(element) ? $"({element})[]" : $"{element}[]";

    private static string OrNull(string type) => type == "unknown" || CanBeNull(type) ? type : $"{type} | null";

    private static bool CanBeNull(string type) => type.EndsWith(" | null", StringComparison.Ordinal);

    private static IReadOnlyList<string> ItemNames(TypeShape.Tuple tuple) =>
        TypeScriptText.Labels([.. ((INamedTypeSymbol)tuple.Type).TupleElements.Select(static element => WireName.CamelCase(element.Name))]);

    private string Member(PayloadMember member)
    {
        var key = TypeScriptText.Key(member.WireName);
        var shape = shapes.Read(member);
        return PayloadPresence.Omit(member) switch
        {
            OmitCondition.Never => $"{key}: {Compose(shape)}",
            OmitCondition.WhenNull when shape is TypeShape.Nullable nullable => $"{key}?: {Compose(nullable.Underlying)}",
            _ => $"{key}?: {Compose(shape)}",
        };
    }

    // Flags, and enums without members, can have values without names.
    private static string Literals(TypeShape.Enum value)
    {
        var members = EnumNames.Members(value.Type).ToList();
        if (members.Count == 0 || value.Type.HasAttribute(KnownNames.FlagsAttribute))
            return value.ByName ? "string | number" : "number";
        var literals = members.Select(member => value.ByName ? TypeScriptText.Literal(EnumNames.Of(member)) : Number(member));
        return string.Join(" | ", literals.Distinct());
    }

    private static string Origin(TypeShape.Enum value)
    {
        var members = string.Join(", ", EnumNames.Members(value.Type).Select(static member => $"{member.Name} = {Number(member)}"));
        return value.ByName || members.Length == 0 ? Display(value.Type) : $"{Display(value.Type)}: {members}";
    }

    private static string Number(IFieldSymbol member) => ((IFormattable)member.ConstantValue!).ToString(null, CultureInfo.InvariantCulture);

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
