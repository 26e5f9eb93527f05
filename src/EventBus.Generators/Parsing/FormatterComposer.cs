using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Composes closed formatters, as <c>ListFormatter&lt;Guid, GuidFormatter&gt;</c>, and collects the payloads in them.</summary>
internal sealed class FormatterComposer(TypeShapeReader shapes, CancellationToken cancellationToken)
{
    private const string Formatters = "global::EventBus.Serialization.";
    private const string Collections = "global::System.Collections.Generic.";

    private readonly List<string> _order = [];
    private readonly Dictionary<string, FormatterModel?> _payloads = [];
    private readonly HashSet<string> _obsolete = [];

    /// <summary>The payloads found so far, in the order in which they were found.</summary>
    public IEnumerable<FormatterModel> Payloads => _order.Select(name => _payloads[name]).OfType<FormatterModel>();

    /// <summary>The codes that the file causes for which formatters are composed now.</summary>
    public SuppressedCodes Codes { get; set; } = new(shapes.Compilation.Assembly);

    /// <summary>The codes that naming the type causes.</summary>
    public EquatableArray<string> CodesOfNaming(INamedTypeSymbol type)
    {
        var codes = new SuppressedCodes(shapes.Compilation.Assembly);
        codes.Add(type);
        return codes.ToModel(isObsolete: false);
    }

    /// <summary>The codes that naming the type and its closed formatter causes.</summary>
    public EquatableArray<string> CodesOfNaming(TypeShape.SingleValue single)
    {
        var codes = new SuppressedCodes(shapes.Compilation.Assembly);
        codes.Add(single);
        return codes.ToModel(isObsolete: false);
    }

    /// <summary>The closed formatter; null if a part of the type is not supported.</summary>
    public ComposedFormatter? TryCompose(IParameterSymbol parameter) => TryCompose(shapes.Read(parameter));

    /// <inheritdoc cref="TryCompose(IParameterSymbol)"/>
    public ComposedFormatter? TryComposeAck(IMethodSymbol method) => shapes.ReadAck(method) is { } ack ? TryCompose(ack) : null;

    /// <inheritdoc cref="TryCompose(IParameterSymbol)"/>
    public ComposedFormatter? TryCompose(PayloadMember member) => TryCompose(shapes.Read(member));

    /// <summary>The items of a collection that is filled; null if a part of the type is not supported.</summary>
    public ItemsModel? TryComposeItems(PayloadMember member) => ComposeItems(shapes.Read(member));

    /// <summary>The formatter of a union's case, which writes the discriminator first.</summary>
    public string? ComposeCase(INamedTypeSymbol union, INamedTypeSymbol type, DiscriminatorModel? discriminator)
    {
        var place = FormatterPlace.OfCase(union, type, shapes.Compilation.Assembly);
        return shapes.ReadCase(union, type) is TypeShape.Payload
            ? EnterPayload(type, discriminator, place)
            : null;
    }

    private ComposedFormatter? TryCompose(TypeShape shape)
    {
        Codes.Add(shape);
        return Compose(shape) is { } formatter ? new ComposedFormatter(formatter, shape.TakesNull) : null;
    }

    private string? Compose(TypeShape shape) => shape switch
    {
        TypeShape.Scalar scalar => Formatters + scalar.Formatter,
        TypeShape.NumberText { IsWritten: true } text => TextOf(text.Number),
        TypeShape.NumberText { Number: var number } =>
            $"{Formatters}NumberOrTextFormatter<{TypeName.OfStrict(number.Type)}, {Formatters}{number.Formatter}, {TextOf(number)}>",
        TypeShape.Enum { ByName: true } value => $"{Formatters}EnumNameFormatter<{WithNames(value.Type)}>",
        TypeShape.Enum value => $"{Formatters}EnumNumberFormatter<{TypeName.OfStrict(value.Type)}>",
        TypeShape.Nullable nullable => Generic(
            nullable.Type.IsReferenceType ? "NullableReferenceFormatter" : "NullableFormatter",
            TypeName.OfStrict(nullable.Underlying.Type),
            Compose(nullable.Underlying)),
        TypeShape.Sequence sequence => Generic(sequence.Formatter, TypeName.Of(sequence.Element.Type), Compose(sequence.Element)),
        TypeShape.Dictionary dictionary => Compose(dictionary),
        TypeShape.Tuple tuple => Compose(tuple),
        TypeShape.Payload payload => Compose(payload),
        TypeShape.Union union => Compose(union),
        TypeShape.SingleValue single => Compose(single),
        TypeShape.Custom custom => TypeName.OfStrict(custom.Formatter),
        _ => null,
    };

    private static string TextOf(TypeShape.Scalar number) => BuiltInFormatters.Reals.Contains(number.Formatter)
        ? $"{Formatters}RealTextFormatter<{TypeName.OfStrict(number.Type)}, {Formatters}{number.Formatter}>"
        : $"{Formatters}IntegerTextFormatter<{TypeName.OfStrict(number.Type)}>";

    // Whatever the collection is, its items are read in their order, and duplicate keys are read once.
    private ItemsModel? ComposeItems(TypeShape shape) => shape switch
    {
        TypeShape.Nullable nullable when ComposeItems(nullable.Underlying) is { } items =>
            new($"{items.TypeName}?", $"{Formatters}NullableReferenceFormatter<{items.TypeName}, {items.Formatter}>"),
        TypeShape.Sequence { Element: var element } list when Compose(list.With("ListFormatter")) is { } formatter =>
            new($"{Collections}List<{TypeName.Of(element.Type)}>", formatter),
        TypeShape.Dictionary { Formatter: BuiltInFormatters.OrderedDictionary } map when Compose(map) is { } formatter =>
            new($"{Collections}OrderedDictionary<{TypeName.OfStrict(map.Key)}, {TypeName.Of(map.Value.Type)}>", formatter),
        TypeShape.Dictionary { Key: var key, Value: var value } map when Compose(map.With("DictionaryFormatter")) is { } formatter =>
            new($"{Collections}Dictionary<{TypeName.OfStrict(key)}, {TypeName.Of(value.Type)}>", formatter),
        _ => null,
    };

    private static string? Generic(string name, string argument, string? formatter) =>
        formatter is null ? null : $"{Formatters}{name}<{argument}, {formatter}>";

    // The runtime knows the C# names of an enum's members, but not the names that attributes give them.
    private string WithNames(ITypeSymbol type)
    {
        var name = TypeName.OfStrict(type);
        if (!EnumNames.AreGiven(type))
            return name;
        var named = (INamedTypeSymbol)type;
        var place = FormatterPlace.OfEnumNames(named, shapes.Compilation.Assembly);
        return $"{name}, {Enter(place, codes => codes.Add(named), () => EnumNamesParser.Parse(named, place, this))}";
    }

    private string? Compose(TypeShape.Dictionary dictionary)
    {
        var key = TypeName.OfStrict(dictionary.Key);
        var keyFormatter = dictionary.KeyFormatter switch
        {
            "EnumKeyFormatter" => $"EnumKeyFormatter<{WithNames(dictionary.WrittenKey)}>",
            "IntegerKeyFormatter" => $"IntegerKeyFormatter<{TypeName.OfStrict(dictionary.WrittenKey)}>",
            var other => other,
        };
        if (dictionary.SingleKey is { } single)
            keyFormatter = $"SingleValueKeyFormatter<{WithConversion(single)}, {Formatters}{keyFormatter}>";
        var value = TypeName.Of(dictionary.Value.Type);
        return Compose(dictionary.Value) is { } valueFormatter
            ? $"{Formatters}{dictionary.Formatter}<{key}, {value}, {Formatters}{keyFormatter}, {valueFormatter}>"
            : null;
    }

    private string? Compose(TypeShape.SingleValue single) =>
        Compose(single.Value) is { } formatter ? $"{Formatters}SingleValueFormatter<{WithConversion(single)}, {formatter}>" : null;

    // The type, the type of its value, and the emitted conversion.
    private string WithConversion(TypeShape.SingleValue single)
    {
        var place = FormatterPlace.OfSingleValue(single.Type, shapes.Compilation.Assembly);
        var conversion = Enter(
            place, codes => SingleValueParser.Collect(single, codes), () => SingleValueParser.Parse(single, Compose(single)!, place, this));
        return $"{TypeName.OfStrict(single.Type)}, {TypeName.OfStrict(single.Value.Type)}, {conversion}";
    }

    private string? Compose(TypeShape.Tuple tuple)
    {
        var formatters = tuple.Items.Select(Compose).ToList();
        var types = tuple.Items.Select(static item => TypeName.Of(item.Type));
        return formatters.Contains(null) ? null : $"{Formatters}ValueTupleFormatter<{string.Join(", ", types.Concat(formatters))}>";
    }

    private string Compose(TypeShape.Payload payload)
    {
        var place = FormatterPlace.OfType(payload.Type, shapes.Compilation.Assembly);
        return EnterPayload(payload.Type, discriminator: null, place);
    }

    private string EnterPayload(INamedTypeSymbol type, DiscriminatorModel? discriminator, FormatterPlace place)
    {
        var shape = shapes.Members(type);
        return Enter(
            place,
            codes => PayloadParser.Collect(type, shape, shapes, codes),
            () => PayloadParser.Parse(type, shape, discriminator, place, this));
    }

    private string Compose(TypeShape.Union union)
    {
        var place = FormatterPlace.OfType(union.Type, shapes.Compilation.Assembly);
        var cases = shapes.Cases(union.Type);
        return Enter(
            place,
            codes => UnionParser.Collect(union.Type, cases, codes),
            () => UnionParser.Parse(union.Type, cases, place, this));
    }

    private string Enter(FormatterPlace place, Action<SuppressedCodes> collect, Func<FormatterModel?> parse)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = place.FullName;
        if (!_payloads.ContainsKey(name))
        {
            // Entered before its members are parsed, because a node of a tree has nodes.
            _order.Add(name);
            _payloads.Add(name, null);
            var outer = Codes;
            Codes = new SuppressedCodes(shapes.Compilation.Assembly);
            collect(Codes);
            if (Codes.HasErrors)
                _obsolete.Add(name);
            _payloads[name] = parse();
            Codes = outer;
        }

        if (_obsolete.Contains(name))
            Codes.AddObsoleteFormatter();
        return name;
    }
}

/// <summary>A closed formatter as source, and whether it reads null as a value.</summary>
internal readonly record struct ComposedFormatter(string Name, bool TakesNull);
