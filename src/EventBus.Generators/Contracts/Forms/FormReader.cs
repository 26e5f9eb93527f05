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
        [.. method.Parameters.Select(parameter => new NamedForm(parameter.Name, parameter.HasExplicitDefaultValue, Read(parameter.Type)))],
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
        TypeShape.Payload payload => ReadPayload(payload.Type, outer),
        _ => new TypeForm.Word(FormText.Quote(shape.Type.ToDisplayString())),
    };

    private TypeForm ReadPayload(INamedTypeSymbol type, ImmutableStack<INamedTypeSymbol> outer)
    {
        var level = outer.TakeWhile(other => !SymbolEqualityComparer.IncludeNullability.Equals(other, type)).Count() + 1;
        if (level <= outer.Count())
            return new TypeForm.Cycle(level);

        var inner = outer.Push(type);
        return new TypeForm.Object([.. _shapes.Members(type).Members.Select(
            member => new NamedForm(member.WireName, PayloadPresence.Of(member) != MemberPresence.Required, Read(_shapes.Read(member), inner)))]);
    }

    private TypeForm KeyOf(ITypeSymbol key) => key.TypeKind == TypeKind.Enum ? NamesOf(key) : Read(key);

    private static TypeForm.Names NamesOf(ITypeSymbol type) =>
        new TypeForm.Names([.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.IsConst).Select(static field => field.Name)]);

    private static string NumberName(ITypeSymbol type) => ScalarName($"{((INamedTypeSymbol)type).EnumUnderlyingType!.Name}Formatter");

    // Several types hold bytes; on the wire they are one.
    private static string ScalarName(string formatter) => formatter switch
    {
        "ByteArrayFormatter" => "binary",
        "EventValueFormatter" => "any",
        _ when BuiltInFormatters.Binaries.Values.Contains(formatter) => "binary",
        _ => WireName.CamelCase(formatter.Substring(0, formatter.Length - "Formatter".Length)),
    };
}
