using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using EventBus.Generators.Model.TypeScript;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>Turns the contracts of an assembly into the model of its TypeScript.</summary>
internal static class TypeScriptParser
{
    /// <param name="metadataNames">The contracts; those that break a rule are left out, as the build fails for them.</param>
    /// <param name="compilation">Where they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TypeScriptFile Parse(IEnumerable<string> metadataNames, Compilation compilation, CancellationToken cancellationToken)
    {
        var shapes = new TypeShapeReader(compilation);
        var contracts = metadataNames.Distinct().OrderBy(static name => name, StringComparer.Ordinal)
            .Select(compilation.Assembly.GetTypeByMetadataName)
            .OfType<INamedTypeSymbol>()
            .Where(contract => ContractValidity.IsValid(contract, shapes))
            .ToList();

        var types = new TypeScriptTypes(shapes, cancellationToken);
        foreach (var carried in contracts.SelectMany(ContractEvents.Of).SelectMany(method => AnswerType.AndParametersOf(method, shapes)))
            types.Add(carried.Shape);

        var names = new TypeScriptNames(
            contracts.Select(static contract => (Key(contract), TypeScriptNames.OfContract(contract), TypeScriptNames.OfNamespace(contract)))
                .Concat(types.Declared.Select(static item => (item.Key, Name(item.Value), TypeScriptNames.OfNamespace(item.Value.Type)))));
        var composer = new TypeScriptComposer(shapes, names);
        var parsed = contracts.Select(contract => (Namespace: BusNamespaceCheck.NameOf(contract), Contract: Parse(contract, names, composer))).ToList();
        return new TypeScriptFile
        {
            AssemblyName = compilation.AssemblyName ?? "",
            Namespaces = parsed
                .GroupBy(static pair => pair.Namespace, static pair => pair.Contract)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => new TypeScriptNamespace
                {
                    Literal = TypeScriptText.Literal(group.Key),
                    Parts = TypeScriptClashes.Merge(group.ToList()).ToEquatableArray(),
                })
                .ToEquatableArray(),
            Contracts = parsed.Select(static pair => pair.Contract).ToEquatableArray(),
            Types = types.Declared.Select(item => composer.Declare(item.Key, item.Value)).OrderBy(static type => type.Name, StringComparer.Ordinal).ToEquatableArray(),
            BuiltInTypes = composer.BuiltIns.ToEquatableArray(),
        };
    }

    private static string Key(INamedTypeSymbol contract) => $"contract {contract.GetFullMetadataName()}";

    // An enum that is a number here and a name there has two types; the one that does not follow the enum's own attribute says which it is.
    private static string Name(TypeShape shape) =>
        TypeScriptNames.OfType(shape.Type) + (shape is TypeShape.Enum { ByName: true } && !StringEnumConverter.IsOn(shape.Type) ? "Name" : "");

    private static TypeScriptContract Parse(INamedTypeSymbol contract, TypeScriptNames names, TypeScriptComposer composer) => new()
    {
        Name = names.Of(Key(contract)),
        Origin = contract.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
        Events = ContractEvents.Of(contract).Select(method => Parse(method, composer)).ToEquatableArray(),
    };

    private static TypeScriptEvent Parse(IMethodSymbol method, TypeScriptComposer composer)
    {
        var sent = ProvidedParameter.OthersOf(method).ToList();
        var labels = TypeScriptLabels.Of([.. sent.Select(static parameter => parameter.Name)]);
        var parameters = sent.Zip(labels, (parameter, label) => $"{label}: {composer.Compose(parameter)}");
        if (AnswerType.Of(method) is { } answer)
            parameters = parameters.Append($"{new IdentifierScope(labels).Declare("callback")}: (answer: {composer.Compose(answer)}) => void");
        return new TypeScriptEvent { Key = TypeScriptText.Key(WireName.OfEvent(method)), Parameters = parameters.ToEquatableArray() };
    }
}
