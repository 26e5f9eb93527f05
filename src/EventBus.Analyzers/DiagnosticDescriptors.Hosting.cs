using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB3001 and up: the application as a whole.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor UnhandledContract = new(
        DiagnosticIds.UnhandledContract,
        "An application should handle the events of its own contracts",
        "No code of this application handles the events of '{0}'",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "No other application knows a contract that an application declares for itself.",
        RulePages.HelpLink(DiagnosticIds.UnhandledContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnsentContract = new(
        DiagnosticIds.UnsentContract,
        "An application should send the events of its own contracts",
        "No code of this application sends an event of '{0}'",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "No other application knows a contract that an application declares for itself.",
        RulePages.HelpLink(DiagnosticIds.UnsentContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor ContradictingOptions = new(
        DiagnosticIds.ContradictingOptions,
        "Constant options should be valid",
        "'{0}' is '{1}', but {2}",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The bus validates its options when it is created, and does not start with invalid ones.",
        RulePages.HelpLink(DiagnosticIds.ContradictingOptions));

    public static readonly DiagnosticDescriptor MisusedEventHandler = new(
        DiagnosticIds.MisusedEventHandler,
        "A bus must be able to create and call a class with [EventHandler]",
        "'{0}' cannot be added by AddHandlers, because it {1}",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated method AddHandlers leaves the class out, so it would receive no events.",
        RulePages.HelpLink(DiagnosticIds.MisusedEventHandler));
}
