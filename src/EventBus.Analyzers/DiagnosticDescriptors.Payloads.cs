using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB1018, EVB1019 and EVB1029: the members of payloads that are written.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor EmptyPayload = new(
        DiagnosticIds.EmptyPayload,
        "A payload must have a member to write",
        "'{0}' of the event '{1}' {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A type whose state is private, internal or ignored is an empty object on the wire, and a receiver gets an object without state.",
        RulePages.HelpLink(DiagnosticIds.EmptyPayload));

    public static readonly DiagnosticDescriptor UnfitSingleValue = new(
        DiagnosticIds.UnfitSingleValue,
        "A type with [SingleValue] must have one value",
        "The parameter '{0}' of '{1}' cannot be sent, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A strongly typed id has one public property or field with a value, and a constructor or a static method that takes the value.",
        RulePages.HelpLink(DiagnosticIds.UnfitSingleValue));

    public static readonly DiagnosticDescriptor UnseenCode = new(
        DiagnosticIds.UnseenCode,
        "An event must not depend on the output of another source generator",
        "{0} depends on code that another source generator writes, which the generator of EventBus does not see, so {1}; declare that code "
            + "by hand, declare the type in another project, or add a [Formatter]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "All source generators have the same input: the files of the project. None of them sees the output of another one.",
        RulePages.HelpLink(DiagnosticIds.UnseenCode),
        WellKnownDiagnosticTags.CompilationEnd);
}
