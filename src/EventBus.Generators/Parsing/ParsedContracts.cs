using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>The models of all contracts of a compilation.</summary>
internal sealed class ParsedContracts
{
    private readonly Dictionary<string, ContractModel> _models = [];

    private ParsedContracts()
    {
    }

    /// <param name="metadataNames">The contracts.</param>
    /// <param name="compilation">The compilation that declares them.</param>
    /// <param name="cancellationToken">Cancels the parsing.</param>
    public static ParsedContracts Of(IEnumerable<string> metadataNames, Compilation compilation, CancellationToken cancellationToken)
    {
        var parsed = new ParsedContracts();
        var shapes = new TypeShapeReader(compilation);
        foreach (var name in metadataNames)
        {
            if (compilation.Assembly.GetTypeByMetadataName(name) is { } contract
                && ContractParser.Parse(contract, shapes, cancellationToken) is { } model)
            {
                parsed._models[name] = model;
            }
        }

        return parsed;
    }

    /// <summary>The model of a contract; null if no code is emitted for it.</summary>
    public ContractModel? Find(string metadataName) => _models.TryGetValue(metadataName, out var model) ? model : null;
}
