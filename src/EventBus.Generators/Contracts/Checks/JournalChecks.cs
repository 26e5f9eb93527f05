using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks the attributes of the journal.</summary>
internal static class JournalChecks
{
    // A decimal has several texts for one value, and so has a real number, a date with an offset, or an address.
    private static readonly HashSet<string> KeyFormatters =
    [
        "StringFormatter", "CharFormatter", "RuneFormatter", "BooleanFormatter", "GuidFormatter", "Int128Formatter", "UInt128Formatter",
        "BigIntegerFormatter", .. BuiltInFormatters.Integers,
    ];

    /// <summary>EVB1030: an ack cannot be read from a journal, so an event with an ack is not journaled.</summary>
    public static IEnumerable<ContractViolation> FindAcknowledged(INamedTypeSymbol contract) =>
        from method in ContractEvents.Of(contract)
        where EventSignature.AckType(method) is not null && JournaledEvents.Contain(method, contract)
        let isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, contract)
        where isOwn || !JournaledEvents.Contain(method, method.ContainingType) // Otherwise it is reported there.
        select new ContractViolation(isOwn ? method : contract, method.Name);

    /// <summary>EVB1031: a key is the only one of its event, and equal keys have the same text.</summary>
    public static IEnumerable<ContractViolation> FindUnfitKeys(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in method.Parameters
        where JournaledEvents.IsKey(parameter)
        let reason = WhyUnfit(parameter, method, reader)
        where reason is not null
        select new ContractViolation(parameter, parameter.Name, method.Name, reason);

    /// <summary>EVB1032: a key has an effect only on a journaled event.</summary>
    public static IEnumerable<ContractViolation> FindUnusedKeys(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        where !JournaledEvents.Contain(method, contract)
        from parameter in method.Parameters
        where JournaledEvents.IsKey(parameter)
        select new ContractViolation(parameter, parameter.Name, method.Name);

    private static string? WhyUnfit(IParameterSymbol parameter, IMethodSymbol method, TypeShapeReader reader)
    {
        if (EventSignature.IsProvided(parameter))
            return "the bus provides it, so it is not sent; mark a parameter that is sent";
        if (method.Parameters.Take(parameter.Ordinal).FirstOrDefault(JournaledEvents.IsKey) is { } earlier)
            return $"'{earlier.Name}' is a key already; mark one of them";
        return IsKey(reader.Read(parameter))
            ? null
            : "its type is not a text, an integer, a Guid, an enum, a bool or one of them in a type with [SingleValue], never null; "
                + "mark another parameter";
    }

    private static bool IsKey(TypeShape shape) => shape switch
    {
        TypeShape.Scalar scalar => KeyFormatters.Contains(scalar.Formatter),
        TypeShape.SingleValue single => IsKey(single.Value),
        TypeShape.Enum or TypeShape.Unsupported => true, // EVB1002 reports an unsupported type.
        _ => false,
    };
}
