using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>Finds the forms of a contract's events, as the generator writes and reads them.</summary>
internal sealed class FormReader(Compilation compilation)
{
    private readonly TypeShapeReader _shapes = new(compilation);

    /// <summary>The form of an event; inherited events are in the bus namespace of the contract that inherits them.</summary>
    public EventForm Read(IMethodSymbol method, INamedTypeSymbol contract) => new(
        BusNamespaceCheck.NameOf(contract),
        WireName.OfEvent(method),
        [.. method.Parameters.Select(parameter => new NamedForm(parameter.Name, parameter.HasExplicitDefaultValue, Read(_shapes.Read(parameter), ImmutableStack<INamedTypeSymbol>.Empty)))],
        method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } task ? Read(task.TypeArguments[0]) : null);

    private TypeForm Read(ITypeSymbol type) => Read(_shapes.Read(type), ImmutableStack<INamedTypeSymbol>.Empty);

    private TypeForm Read(TypeShape shape, ImmutableStack<INamedTypeSymbol> outer) => shape switch
    {
        TypeShape.Scalar scalar => new TypeForm.Word(ScalarName(scalar.Formatter)),
        TypeShape.Enum { ByName: true } names => NamesOf(names.Type),
        TypeShape.Enum number => new TypeForm.Word(NumberName(number.Type)),
        TypeShape.Nullable nullable => new TypeForm.Nullable(Read(nullable.Underlying, outer)),
        TypeShape.Sequence sequence => new TypeForm.List(Read(sequence.Element, outer)),
        TypeShape.Dictionary dictionary => new TypeForm.Map(KeyOf(dictionary.Key), Read(dictionary.Value, outer)),
        TypeShape.Tuple tuple => new TypeForm.Tuple([.. tuple.Items.Select(item => Read(item, outer))]),
        TypeShape.Payload payload => ReadOnce(payload.Type, outer, inner => ReadMembers(payload.Type, inner)),
        TypeShape.Union union => ReadOnce(union.Type, outer, inner => ReadCases(union.Type, inner)),
        TypeShape.Custom custom => new TypeForm.Word(FormText.Quote(custom.Formatter.ToDisplayString())),
        _ => new TypeForm.Word(FormText.Quote(shape.Type.ToDisplayString())),
    };

    private static TypeForm ReadOnce(INamedTypeSymbol type, ImmutableStack<INamedTypeSymbol> outer, Func<ImmutableStack<INamedTypeSymbol>, TypeForm> read)
    {
        var level = outer.TakeWhile(other => !SymbolEqualityComparer.IncludeNullability.Equals(other, type)).Count() + 1;
        return level <= outer.Count() ? new TypeForm.Cycle(level) : read(outer.Push(type));
    }

    private TypeForm.Object ReadMembers(INamedTypeSymbol type, ImmutableStack<INamedTypeSymbol> inner) =>
        new([.. _shapes.Members(type).Members.Select(
            member => new NamedForm(member.WireName, PayloadPresence.Of(member) != MemberPresence.Required, Read(_shapes.Read(member), inner)))]);

    // An object of the cases: one more is not understood by older receivers, one less by newer ones, as with members that must be there.
    private TypeForm.Object ReadCases(INamedTypeSymbol type, ImmutableStack<INamedTypeSymbol> inner)
    {
        var shape = _shapes.Cases(type);
        return new([.. shape.Cases.Select(item => new NamedForm(
            item.Discriminator is { } discriminator ? $"{shape.Key}={discriminator}" : shape.Key,
            false,
            SymbolEqualityComparer.Default.Equals(item.Type, type) ? ReadMembers(type, inner.Push(type)) : Read(_shapes.ReadCase(type, item.Type), inner)))]);
    }

    private TypeForm KeyOf(ITypeSymbol key) => key.TypeKind == TypeKind.Enum ? NamesOf(key) : Read(key);

    private static TypeForm.Names NamesOf(ITypeSymbol type) =>
        new TypeForm.Names([.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.IsConst).Select(static field => field.Name)]);

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
