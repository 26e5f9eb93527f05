using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using EventBus.Generators.Model.TypeScript;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>Composes the TypeScript of a type, as <c>Record&lt;string, Order | null&gt;</c>: what JavaScript is given when EventBus has written it.</summary>
internal sealed class TypeScriptComposer(TypeShapeReader shapes, TypeScriptNames names)
{
    private readonly SortedSet<string> _builtIns = new(StringComparer.Ordinal);

    /// <summary>The names for built-in types that were used so far.</summary>
    public IEnumerable<TypeScriptType> BuiltIns => _builtIns.Select(static name =>
        new TypeScriptType { Name = name, Origin = TypeScriptBuiltIns.Definitions[name].Remark, Expression = TypeScriptBuiltIns.Definitions[name].Type });

    public string Compose(IParameterSymbol parameter) => Compose(shapes.Read(parameter));

    public string Compose(ITypeSymbol answer) => Compose(shapes.Read(answer));

    /// <summary>The declaration of a payload, a union or an enum.</summary>
    public TypeScriptType Declare(string key, TypeShape shape) => shape switch
    {
        TypeShape.Enum value => new TypeScriptType { Name = names.Of(key), Origin = Origin(value), Expression = Literals(value) },
        TypeShape.Union union => new TypeScriptType { Name = names.Of(key), Origin = Display(union.Type), Expression = Cases(union) },
        _ => new TypeScriptType { Name = names.Of(key), Origin = Display(shape.Type), Members = Members((INamedTypeSymbol)shape.Type).ToEquatableArray() },
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
            return $"{{ {string.Join("; ", (discriminator is null ? [] : new[] { discriminator }).Concat(Members(item.Type)))} }}";
        return $"({{ {discriminator} }} & {names.Of(TypeScriptTypes.Key(new TypeShape.Payload(item.Type)))})";
    }

    private IEnumerable<string> Members(INamedTypeSymbol type) => shapes.Members(type).Members.Select(Member);

    private string Compose(TypeShape shape) => shape switch
    {
        TypeShape.Scalar scalar => OfScalar(TypeScriptBuiltIns.Names[scalar.Formatter]),
        TypeShape.Nullable nullable => OrNull(Compose(nullable.Underlying)),
        TypeShape.Sequence sequence => Compose(sequence.Element) is var element && element.EndsWith(" | null", StringComparison.Ordinal) ? $"({element})[]" : $"{element}[]",
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

    private static string OrNull(string type) => type == "unknown" || type.EndsWith(" | null", StringComparison.Ordinal) ? type : $"{type} | null";

    private static IReadOnlyList<string> ItemNames(TypeShape.Tuple tuple) =>
        TypeScriptLabels.Of([.. ((INamedTypeSymbol)tuple.Type).TupleElements.Select(static element => WireName.CamelCase(element.Name))]);

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

    // Flags, and enums without members, have values without names.
    private static string Literals(TypeShape.Enum value)
    {
        var members = EnumNames.Members(value.Type).ToList();
        if (members.Count == 0 || value.Type.HasAttribute("System.FlagsAttribute"))
            return value.ByName ? "string | number" : "number";
        return string.Join(" | ", members.Select(member => value.ByName ? TypeScriptText.Literal(EnumNames.Of(member)) : Number(member)).Distinct());
    }

    private static string Origin(TypeShape.Enum value)
    {
        var members = string.Join(", ", EnumNames.Members(value.Type).Select(static member => $"{member.Name} = {Number(member)}"));
        return value.ByName || members.Length == 0 ? Display(value.Type) : $"{Display(value.Type)}: {members}";
    }

    private static string Number(IFieldSymbol member) => ((IFormattable)member.ConstantValue!).ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
