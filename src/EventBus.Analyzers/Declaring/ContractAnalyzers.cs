using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>
/// A rule for contracts. Its check is in <c>Contracts/Checks</c>, because the generator needs it as well; this file connects each rule with
/// its check.
/// </summary>
public abstract class ContractAnalyzer : EventBusAnalyzer
{
    private readonly Func<INamedTypeSymbol, TypeShapeReader, IEnumerable<ContractViolation>> _find;

    private protected ContractAnalyzer(
        DiagnosticDescriptor rule, Func<INamedTypeSymbol, TypeShapeReader, IEnumerable<ContractViolation>> find)
        : base(rule) => _find = find;

    private protected sealed override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var shapes = new TypeShapeReader(context.Compilation);
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                foreach (var violation in ContractEvents.IsContract(type) ? _find(type, shapes) : [])
                    symbol.ReportDiagnostic(Diagnostic.Create(Rule, violation.Location, violation.Arguments));
            },
            SymbolKind.NamedType);
    }
}

/// <summary>EVB1001.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreachableContractAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnreachableContract,
    static (contract, shapes) => DeclarationChecks.FindUnreachable(contract)
        .Concat(DeclarationChecks.FindUnnameable(contract, shapes.Aliased))
        .Concat(DeclarationChecks.FindUnusableInherited(contract, shapes))
        .Take(1));

/// <summary>EVB1002.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedParameterTypeAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnsupportedParameterType, static (contract, shapes) => TypeChecks.Find(contract, shapes, PartRule.Type));

/// <summary>EVB1003.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedReturnTypeAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnsupportedReturnType, MemberChecks.FindUnsupportedReturns);

/// <summary>EVB1004.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MemberIsNoEventAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.MemberIsNoEvent, static (contract, _) => MemberChecks.FindNonEvents(contract));

/// <summary>EVB1005.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgumentNotByValueAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.ArgumentNotByValue, static (contract, _) => MemberChecks.FindNotByValue(contract));

/// <summary>EVB1006.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateEventNameAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.DuplicateEventName, static (contract, _) => NameChecks.FindDuplicates(contract));

/// <summary>EVB1007.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusableEventNameAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnusableEventName, static (contract, _) => NameChecks.FindUnusable(contract));

/// <summary>EVB1008.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HiddenSenderAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.HiddenSender, static (contract, shapes) => NameChecks.FindHidden(contract, shapes.Compilation));

/// <summary>EVB1009.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusableBusNamespaceAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnusableBusNamespace, static (contract, _) => DeclarationChecks.FindUnusableNamespace(contract));

/// <summary>EVB1010.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InheritedInterfaceIsNoContractAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.InheritedInterfaceIsNoContract, static (contract, _) => DeclarationChecks.FindInheritedNonContracts(contract));

/// <summary>EVB1011.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContradictingAttributesAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.ContradictingAttributes, AttributeChecks.FindContradictions);

/// <summary>EVB1012.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadablePayloadAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnreadablePayload, static (contract, shapes) => TypeChecks.Find(contract, shapes, PartRule.Payload));

/// <summary>EVB1013.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnfitFormatterAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnfitFormatter, static (contract, shapes) => TypeChecks.Find(contract, shapes, PartRule.Formatter));

/// <summary>EVB1014.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AmbiguousUnionAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.AmbiguousUnion, static (contract, shapes) => TypeChecks.Find(contract, shapes, PartRule.Union));

/// <summary>EVB1015.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedJsonConverterAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnusedJsonConverter, AttributeChecks.FindUnusedConverters);

/// <summary>EVB1016.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisusedProvidedParameterAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.MisusedProvidedParameter, static (contract, _) => MemberChecks.FindMisusedProvided(contract));

/// <summary>EVB1017.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SenderClashAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.SenderClash, static (contract, _) => NameChecks.FindSenderClashes(contract));

/// <summary>EVB1018.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EmptyPayloadAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.EmptyPayload, EmptyPayloadChecks.Find);

/// <summary>EVB1029.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnfitSingleValueAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnfitSingleValue, static (contract, shapes) => TypeChecks.Find(contract, shapes, PartRule.SingleValue));

/// <summary>EVB1030.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JournaledAckAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.JournaledAck, static (contract, _) => JournalChecks.FindAcknowledged(contract));

/// <summary>EVB1031.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnfitPartitionKeyAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnfitPartitionKey, JournalChecks.FindUnfitKeys);

/// <summary>EVB1032.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedPartitionKeyAnalyzer() : ContractAnalyzer(
    DiagnosticDescriptors.UnusedPartitionKey, static (contract, _) => JournalChecks.FindUnusedKeys(contract));
