using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB1020 to EVB1039: the sizes and values of events on the wire.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor EventAlwaysTooLong = new(
        DiagnosticIds.EventAlwaysTooLong,
        "An event should be able to fit a notification",
        "The event '{0}' always travels as an attachment: it has at least {2} bytes, and a notification has fewer than {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An attachment is a row of a table: it costs a second write, and a read on every node.",
        RulePages.HelpLink(DiagnosticIds.EventAlwaysTooLong));

    public static readonly DiagnosticDescriptor EventLikelyTooLong = new(
        DiagnosticIds.EventLikelyTooLong,
        "An event should fit a notification with typical values",
        "The event '{0}' likely travels as an attachment: with typical values it has {2} bytes, and a notification has fewer than {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "With typical values the event is an attachment, which costs a second write, and a read on every node.",
        RulePages.HelpLink(DiagnosticIds.EventLikelyTooLong));

    public static readonly DiagnosticDescriptor EventMaybeTooLong = new(
        DiagnosticIds.EventMaybeTooLong,
        "An event should fit a notification with all values",
        "The event '{0}' may travel as an attachment, because {2}; a notification has fewer than {1} bytes",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Declared lengths of texts and collections prove that an event always fits a notification.",
        RulePages.HelpLink(DiagnosticIds.EventMaybeTooLong));

    public static readonly DiagnosticDescriptor EventHoldsBinary = new(
        DiagnosticIds.EventHoldsBinary,
        "An event with binary is always an attachment",
        "The event '{0}' always travels as an attachment, because it holds binary: {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "JSON has no form of binary, so the whole event is a row of a table.",
        RulePages.HelpLink(DiagnosticIds.EventHoldsBinary));

    public static readonly DiagnosticDescriptor ImpreciseNumber = new(
        DiagnosticIds.ImpreciseNumber,
        "JavaScript should be able to represent every integer",
        "JavaScript rounds {0} of '{1}' if '{2}', of type '{3}', is beyond 2^53; declare a [Range], or send a string",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A number of JavaScript is a double, which cannot represent every integer beyond 2^53 - 1.",
        RulePages.HelpLink(DiagnosticIds.ImpreciseNumber));
}
