namespace EventBus.Generators;

/// <summary>The names of the steps of the pipeline. The caching tests use them.</summary>
internal static class TrackingNames
{
    public const string Declarations = nameof(Declarations);

    public const string ParsedContracts = nameof(ParsedContracts);

    public const string DistinctPayloads = nameof(DistinctPayloads);

    public const string RegisteredContracts = nameof(RegisteredContracts);

    public const string RegisteredPayloads = nameof(RegisteredPayloads);

    public const string ContractSurfaces = nameof(ContractSurfaces);
}
