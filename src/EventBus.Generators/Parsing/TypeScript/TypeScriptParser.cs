using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Declarations;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>Turns the contracts of an assembly into the model of its TypeScript.</summary>
internal static class TypeScriptParser
{
    /// <summary>The model. A contract that breaks a rule is left out, because it fails the build.</summary>
    public static TypeScriptFile Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var shapes = new TypeShapeReader(compilation);
        var contracts = MarkedTypes
            .Find(compilation, KnownNames.BroadcastEventAttribute, TypeKind.Interface, cancellationToken)
            .OrderBy(static contract => contract.GetFullMetadataName(), StringComparer.Ordinal)
            .Where(contract => ContractValidity.IsValid(contract, shapes))
            .ToList();

        var types = new TypeScriptTypes(shapes, cancellationToken);
        foreach (var carried in contracts.SelectMany(ContractEvents.Of).SelectMany(shapes.ReadCarried))
            types.Add(carried.Shape);

        var names = new TypeScriptNames([.. contracts.Select(Wanted), .. types.Declared.Select(Wanted)]);
        var composer = new TypeScriptComposer(shapes, names);
        var parsed = contracts
            .Select(contract => (Namespace: BusNamespace.Of(contract), Parsed: Parse(contract, names, composer)))
            .ToList();
        var declared = types.Declared.Select(item => composer.Declare(item.Key, item.Value));
        return new TypeScriptFile
        {
            AssemblyName = compilation.AssemblyName ?? "",
            Namespaces = parsed
                .GroupBy(static contract => contract.Namespace, static contract => contract.Parsed)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => new TypeScriptNamespace
                {
                    Literal = TypeScriptText.Literal(group.Key),
                    Parts = TypeScriptClashes.Merge(group.ToList()).ToEquatableArray(),
                })
                .ToEquatableArray(),
            Contracts = parsed.Select(static contract => contract.Parsed).ToEquatableArray(),
            Types = declared.OrderBy(static type => type.Name, StringComparer.Ordinal).ToEquatableArray(),
            BuiltInTypes = composer.BuiltIns.ToEquatableArray(),
        };
    }

    private static (string Key, string Name, string Namespace) Wanted(INamedTypeSymbol contract) =>
        (Key(contract), TypeScriptNames.OfContract(contract), TypeScriptNames.OfNamespace(contract));

    private static (string Key, string Name, string Namespace) Wanted(KeyValuePair<string, TypeShape> declared) =>
        (declared.Key, Name(declared.Value), TypeScriptNames.OfNamespace(declared.Value.Type));

    private static string Key(INamedTypeSymbol contract) => $"contract {contract.GetFullMetadataName()}";

    // An enum that is written both as a number and by name has two types. The type that differs from its attribute gets a suffix.
    private static string Name(TypeShape shape)
    {
        var differs = shape is TypeShape.Enum { ByName: true } && !EnumNames.AreAskedForBy(shape.Type);
        return TypeScriptNames.OfType(shape.Type) + (differs ? "Name" : "");
    }

    private static TypeScriptContract Parse(INamedTypeSymbol contract, TypeScriptNames names, TypeScriptComposer composer) => new()
    {
        Name = names.Of(Key(contract)),
        Origin = contract.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
        Events = ContractEvents.Of(contract).Select(method => Parse(method, composer)).ToEquatableArray(),
    };

    private static TypeScriptEvent Parse(IMethodSymbol method, TypeScriptComposer composer)
    {
        var sent = EventSignature.SentParameters(method).ToList();
        var labels = TypeScriptText.Labels([.. sent.Select(static parameter => parameter.Name)]);
        var parameters = sent.Zip(labels, (parameter, label) => $"{label}: {composer.Compose(parameter)}");
        if (composer.ComposeAck(method) is { } ack)
            parameters = parameters.Append($"{new IdentifierScope(labels).Declare("callback")}: (ack: {ack}) => void");
        return new TypeScriptEvent { Key = TypeScriptText.Key(WireName.OfEvent(method)), Parameters = parameters.ToEquatableArray() };
    }
}
