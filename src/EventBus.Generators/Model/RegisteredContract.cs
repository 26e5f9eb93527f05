namespace EventBus.Generators.Model;

/// <summary>A contract that is found by its type at run time.</summary>
/// <param name="TypeName">The contract, fully qualified.</param>
/// <param name="SendersName">The class that defines it, fully qualified.</param>
/// <param name="Codes">The codes of the diagnostics that naming the contract causes.</param>
/// <param name="IsObsolete">Whether only obsolete code may name the contract or its definition.</param>
internal sealed record RegisteredContract(string TypeName, string SendersName, EquatableArray<string> Codes, bool IsObsolete)
{
    /// <summary>The valid contracts, in an order that does not depend on their files.</summary>
    public static EquatableArray<RegisteredContract> Of(IEnumerable<ContractModel> models) => models
        .Where(static model => model.IsValid)
        .Select(Of)
        .OrderBy(static contract => contract.TypeName, StringComparer.Ordinal)
        .ToEquatableArray();

    private static RegisteredContract Of(ContractModel model) => new(
        model.TypeName,
        model.Namespace is { } ns ? $"global::{ns}.{model.SendersName}" : $"global::{model.SendersName}",
        model.SuppressedCodes,
        model.IsObsolete || model.DefinesObsolete);
}
