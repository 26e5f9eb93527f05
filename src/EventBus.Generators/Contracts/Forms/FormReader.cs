using System.Collections.Immutable;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>Finds the form that the generated code gives an event on the wire.</summary>
internal sealed class FormReader(TypeShapeReader shapes)
{
    /// <summary>The form of an event. An inherited event belongs to the bus namespace of the contract that inherits it.</summary>
    public EventForm Read(IMethodSymbol method, INamedTypeSymbol contract) => new(
        BusNamespace.Of(contract),
        WireName.OfEvent(method),
        [.. EventSignature.SentParameters(method).Select(Read)],
        shapes.ReadAck(method) is { } ack ? Read(ack) : null);

    private NamedForm Read(IParameterSymbol parameter) =>
        new(parameter.Name, parameter.HasExplicitDefaultValue, Read(shapes.Read(parameter)));

    private TypeForm Read(TypeShape shape) => Read(shape, ImmutableStack<Outer>.Empty);

    private TypeForm Read(TypeShape shape, ImmutableStack<Outer> outer) => shape switch
    {
        TypeShape.Scalar scalar => new TypeForm.Word(ScalarName(scalar.Formatter)),
        TypeShape.NumberText text => new TypeForm.Word(ScalarName(text.Number.Formatter) + (text.IsWritten ? "-text" : "")),
        TypeShape.Enum { ByName: true } names => NamesOf(names.Type),
        TypeShape.Enum number => new TypeForm.Word(NumberName(number.Type)),
        TypeShape.Nullable nullable => new TypeForm.Nullable(Read(nullable.Underlying, outer)),
        TypeShape.Sequence sequence => new TypeForm.List(Read(sequence.Element, outer)),
        TypeShape.Dictionary dictionary => new TypeForm.Map(KeyOf(dictionary.WrittenKey), Read(dictionary.Value, outer)),
        TypeShape.Tuple tuple => new TypeForm.Tuple([.. tuple.Items.Select(item => Read(item, outer))]),
        TypeShape.Payload payload => ReadOnce(new Outer(payload.Type, IsUnion: false), outer, inner => ReadPayload(payload.Type, inner)),
        TypeShape.Union union => ReadOnce(new Outer(union.Type, IsUnion: true), outer, inner => ReadUnion(union.Type, inner)),
        TypeShape.SingleValue single => Read(single.Value, outer),
        TypeShape.Custom custom => new TypeForm.Custom(custom.Formatter.ToDisplayString()),
        _ => new TypeForm.Word(FormText.Quote(shape.Type.ToDisplayString())),
    };

    private static TypeForm ReadOnce(Outer type, ImmutableStack<Outer> outer, Func<ImmutableStack<Outer>, TypeForm> read)
    {
        var level = outer.TakeWhile(other => !other.Is(type)).Count() + 1;
        return level <= outer.Count() ? new TypeForm.Cycle(level) : read(outer.Push(type));
    }

    private TypeForm.Object ReadPayload(INamedTypeSymbol type, ImmutableStack<Outer> inner) =>
        new([.. shapes.Members(type).Members.Select(member => ReadMember(member, inner))]);

    private NamedForm ReadMember(PayloadMember member, ImmutableStack<Outer> outer) =>
        new(member.WireName, PayloadPresence.Of(member) != MemberPresence.Required, Read(shapes.Read(member), outer));

    private TypeForm.Union ReadUnion(INamedTypeSymbol type, ImmutableStack<Outer> inner)
    {
        var cases = shapes.Cases(type);
        return new TypeForm.Union(cases.Key, [.. cases.Cases.Select(
            item => new NamedForm(Discriminator(item), false, Read(shapes.ReadCase(type, item.Type), inner)))]);
    }

    // A text as it is, a number after a sign that texts rarely begin with, and nothing if there is no discriminator.
    private static string Discriminator(UnionCase item) => item.Discriminator switch
    {
        string text => text,
        null => "",
        var number => FormattableString.Invariant($"#{number}"),
    };

    private TypeForm KeyOf(ITypeSymbol key) => key.TypeKind == TypeKind.Enum ? NamesOf(key) : Read(shapes.ReadKey(key));

    private static TypeForm.Names NamesOf(ITypeSymbol type) => new([.. EnumNames.Members(type).Select(EnumNames.Of)]);

    private static string NumberName(ITypeSymbol type) => ScalarName($"{((INamedTypeSymbol)type).EnumUnderlyingType!.Name}Formatter");

    // All types of binary have the same form on the wire.
    private static string ScalarName(string formatter) => formatter switch
    {
        "ByteArrayFormatter" => "binary",
        _ when BuiltInFormatters.OfAnything.Contains(formatter) => "any",
        _ when BuiltInFormatters.Binaries.Values.Contains(formatter) => "binary",
        _ => WireName.CamelCase(formatter.Substring(0, formatter.Length - "Formatter".Length)),
    };

    // A type that the walk is inside of. The type of a union may be one of its own cases, and is a payload then.
    private readonly record struct Outer(INamedTypeSymbol Type, bool IsUnion)
    {
        public bool Is(Outer other) => IsUnion == other.IsUnion && SymbolEqualityComparer.IncludeNullability.Equals(Type, other.Type);
    }
}
