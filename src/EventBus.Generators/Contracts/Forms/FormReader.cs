using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>Finds the forms of a contract's events, as the generator writes and reads them.</summary>
internal sealed class FormReader(TypeShapeReader shapes)
{
    /// <summary>The form of an event; inherited events are in the bus namespace of the contract that inherits them.</summary>
    public EventForm Read(IMethodSymbol method, INamedTypeSymbol contract) => new(
        BusNamespaceCheck.NameOf(contract),
        WireName.OfEvent(method),
        [.. ProvidedParameter.OthersOf(method).Select(parameter => new NamedForm(parameter.Name, parameter.HasExplicitDefaultValue, Read(shapes.Read(parameter))))],
        method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } task ? Read(shapes.Read(task.TypeArguments[0])) : null);

    private TypeForm Read(TypeShape shape) => Read(shape, ImmutableStack<(INamedTypeSymbol, bool)>.Empty);

    // A union's own type may be one of its cases, and is the union no more then.
    private TypeForm Read(TypeShape shape, ImmutableStack<(INamedTypeSymbol Type, bool IsUnion)> outer) => shape switch
    {
        TypeShape.Scalar scalar => new TypeForm.Word(ScalarName(scalar.Formatter)),
        TypeShape.Enum { ByName: true } names => NamesOf(names.Type),
        TypeShape.Enum number => new TypeForm.Word(NumberName(number.Type)),
        TypeShape.Nullable nullable => new TypeForm.Nullable(Read(nullable.Underlying, outer)),
        TypeShape.Sequence sequence => new TypeForm.List(Read(sequence.Element, outer)),
        TypeShape.Dictionary dictionary => new TypeForm.Map(KeyOf(dictionary.Key), Read(dictionary.Value, outer)),
        TypeShape.Tuple tuple => new TypeForm.Tuple([.. tuple.Items.Select(item => Read(item, outer))]),
        TypeShape.Payload payload => ReadOnce(payload.Type, isUnion: false, outer, inner => ReadPayload(payload.Type, inner)),
        TypeShape.Union union => ReadOnce(union.Type, isUnion: true, outer, inner => ReadUnion(union.Type, inner)),
        TypeShape.Custom custom => new TypeForm.Custom(custom.Formatter.ToDisplayString()),
        _ => new TypeForm.Word(FormText.Quote(shape.Type.ToDisplayString())),
    };

    private static TypeForm ReadOnce(
        INamedTypeSymbol type, bool isUnion, ImmutableStack<(INamedTypeSymbol Type, bool IsUnion)> outer, Func<ImmutableStack<(INamedTypeSymbol, bool)>, TypeForm> read)
    {
        var level = outer.TakeWhile(other => other.IsUnion != isUnion || !SymbolEqualityComparer.IncludeNullability.Equals(other.Type, type)).Count() + 1;
        return level <= outer.Count() ? new TypeForm.Cycle(level) : read(outer.Push((type, isUnion)));
    }

    private TypeForm.Object ReadPayload(INamedTypeSymbol type, ImmutableStack<(INamedTypeSymbol, bool)> inner) => new([.. shapes.Members(type).Members.Select(
        member => new NamedForm(member.WireName, PayloadPresence.Of(member) != MemberPresence.Required, Read(shapes.Read(member), inner)))]);

    private TypeForm.Union ReadUnion(INamedTypeSymbol type, ImmutableStack<(INamedTypeSymbol, bool)> inner)
    {
        var cases = shapes.Cases(type);
        return new TypeForm.Union(cases.Key, [.. cases.Cases.Select(
            item => new NamedForm(Discriminator(item), false, Read(shapes.ReadCase(type, item.Type), inner)))]);
    }

    // Text as it is, a number with a sign that text seldom has, and nothing where there is none.
    private static string Discriminator(UnionCase item) => item.Discriminator switch
    {
        string text => text,
        null => "",
        var number => FormattableString.Invariant($"#{number}"),
    };

    private TypeForm KeyOf(ITypeSymbol key) => key.TypeKind == TypeKind.Enum ? NamesOf(key) : Read(shapes.Read(key));

    private static TypeForm.Names NamesOf(ITypeSymbol type) => new([.. EnumNames.Members(type).Select(EnumNames.Of)]);

    private static string NumberName(ITypeSymbol type) => ScalarName($"{((INamedTypeSymbol)type).EnumUnderlyingType!.Name}Formatter");

    // Several types hold bytes; on the wire they are one.
    private static string ScalarName(string formatter) => formatter switch
    {
        "ByteArrayFormatter" => "binary",
        "EventValueFormatter" or "ObjectFormatter" or "JsonElementFormatter" or "JsonDocumentFormatter" => "any",
        _ when BuiltInFormatters.Binaries.Values.Contains(formatter) => "binary",
        _ => WireName.CamelCase(formatter.Substring(0, formatter.Length - "Formatter".Length)),
    };
}
