using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB1040 to EVB1059: the contract lock.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor EventChanged = new(
        DiagnosticIds.EventChanged,
        "An event must keep the form that the contract lock records",
        "The event '{0}' breaks the contract lock: {1}; undo the change, or record it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Peers that run an older or newer version of the contract must understand each other.",
        RulePages.HelpLink(DiagnosticIds.EventChanged));

    public static readonly DiagnosticDescriptor EventRemoved = new(
        DiagnosticIds.EventRemoved,
        "An event that the contract lock records must be declared",
        "No contract declares the event '{0}', which the contract lock records; restore the event, or record its removal",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Peers that run an older version of the contract still send the event, or wait for it.",
        RulePages.HelpLink(DiagnosticIds.EventRemoved),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor EventNotRecorded = new(
        DiagnosticIds.EventNotRecorded,
        "An event should be recorded in the contract lock",
        "The event '{0}' is not recorded in the contract lock; add the line: {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The contract lock protects only events that are recorded.",
        RulePages.HelpLink(DiagnosticIds.EventNotRecorded));

    public static readonly DiagnosticDescriptor MeaninglessLockLine = new(
        DiagnosticIds.MeaninglessLockLine,
        "A line of the contract lock should describe an event",
        "This line of the contract lock has no effect, because {0}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A line that does not describe an event protects none.",
        RulePages.HelpLink(DiagnosticIds.MeaninglessLockLine),
        WellKnownDiagnosticTags.CompilationEnd);
}
