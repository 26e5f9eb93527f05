using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Composes the closed formatter of a type, as <c>ListFormatter&lt;Guid, GuidFormatter&gt;</c>, and collects the payloads it meets on the way.</summary>
internal sealed class FormatterComposer(Compilation compilation, CancellationToken cancellationToken)
{
    private const string Formatters = "global::EventBus.Serialization.";

    private readonly TypeShapeReader _shapes = new(compilation);
    private readonly List<string> _order = [];
    private readonly Dictionary<string, PayloadModel?> _payloads = [];

    /// <summary>The payloads met so far, in the order in which they were met.</summary>
    public IEnumerable<PayloadModel> Payloads => _order.Select(typeName => _payloads[typeName]).OfType<PayloadModel>();

    /// <summary>The closed formatter; null where a part of the type is not supported.</summary>
    public string? TryCompose(ITypeSymbol type, bool enumsByName = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Compose(_shapes.Read(type, enumsByName));
    }

    private string? Compose(TypeShape shape) => shape switch
    {
        TypeShape.Scalar scalar => Formatters + scalar.Formatter,
        TypeShape.Enum value => $"{Formatters}{(value.ByName ? "EnumNameFormatter" : "EnumNumberFormatter")}<{TypeName.OfStrict(value.Type)}>",
        TypeShape.Nullable nullable => Generic(
            nullable.Type.IsReferenceType ? "NullableReferenceFormatter" : "NullableFormatter",
            TypeName.OfStrict(nullable.Underlying.Type),
            Compose(nullable.Underlying)),
        TypeShape.Sequence sequence => Generic(sequence.Formatter, TypeName.Of(sequence.Element.Type), Compose(sequence.Element)),
        TypeShape.Dictionary dictionary => Compose(dictionary),
        TypeShape.Tuple tuple => Compose(tuple),
        TypeShape.Payload payload => Compose(payload),
        _ => null,
    };

    private static string? Generic(string name, string argument, string? formatter) =>
        formatter is null ? null : $"{Formatters}{name}<{argument}, {formatter}>";

    private string? Compose(TypeShape.Dictionary dictionary)
    {
        var key = TypeName.OfStrict(dictionary.Key);
        var keyFormatter = dictionary.KeyFormatter is "EnumKeyFormatter" or "IntegerKeyFormatter" ? $"{dictionary.KeyFormatter}<{key}>" : dictionary.KeyFormatter;
        return Compose(dictionary.Value) is { } valueFormatter
            ? $"{Formatters}{dictionary.Formatter}<{key}, {TypeName.Of(dictionary.Value.Type)}, {Formatters}{keyFormatter}, {valueFormatter}>"
            : null;
    }

    private string? Compose(TypeShape.Tuple tuple)
    {
        var formatters = tuple.Items.Select(Compose).ToList();
        return formatters.Contains(null)
            ? null
            : $"{Formatters}ValueTupleFormatter<{string.Join(", ", tuple.Items.Select(static item => TypeName.Of(item.Type)).Concat(formatters))}>";
    }

    private string? Compose(TypeShape.Payload payload)
    {
        var typeName = TypeName.OfStrict(payload.Type);
        if (!_payloads.ContainsKey(typeName))
        {
            // Entered before its members are looked at: a tree's node has nodes.
            _order.Add(typeName);
            _payloads.Add(typeName, null);
            _payloads[typeName] = PayloadParser.Parse(payload.Type, _shapes.Members(payload.Type), compilation.AssemblyName, this);
        }

        return $"global::{FormatterName.Namespace(payload.Type, compilation.AssemblyName)}.{FormatterName.Of(payload.Type)}";
    }
}
