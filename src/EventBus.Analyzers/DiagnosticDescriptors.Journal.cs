using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB1030 to EVB1032 and EVB2008: events that are written to the journal.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor JournaledAck = new(
        DiagnosticIds.JournaledAck,
        "A journaled event must be one-way",
        "The event '{0}' has an ack and cannot be journaled, because a journal is read when nobody waits for acks; return a task without "
            + "a result, or do not mark it with [Journaled]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event in the journal can be handled later, by another process, and more than once.",
        RulePages.HelpLink(DiagnosticIds.JournaledAck));

    public static readonly DiagnosticDescriptor UnfitPartitionKey = new(
        DiagnosticIds.UnfitPartitionKey,
        "A [PartitionKey] must be the only one of its event, and have one text for each value",
        "The parameter '{0}' of '{1}' cannot be the partition key, because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The journal contains a hash of the key's text. Equal keys must have equal texts, in every version of your program.",
        RulePages.HelpLink(DiagnosticIds.UnfitPartitionKey));

    public static readonly DiagnosticDescriptor UnusedPartitionKey = new(
        DiagnosticIds.UnusedPartitionKey,
        "A [PartitionKey] should be on a journaled event",
        "The partition key '{0}' of '{1}' has no effect, because the event is not journaled; mark the event with [Journaled], or remove "
            + "the [PartitionKey]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Only the journal contains the key.",
        RulePages.HelpLink(DiagnosticIds.UnusedPartitionKey));

    public static readonly DiagnosticDescriptor LocalJournaledEmit = new(
        DiagnosticIds.LocalJournaledEmit,
        "A journaled event should not be sent with Local",
        "'{0}' sends a journaled event with 'Local', so it is not written to the journal; send it without 'Local'",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A local event does not leave the process, and PostgreSQL does not get it.",
        RulePages.HelpLink(DiagnosticIds.LocalJournaledEmit));
}
