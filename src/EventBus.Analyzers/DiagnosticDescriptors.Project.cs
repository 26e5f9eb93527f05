using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB1027: the settings of a project that declares contracts.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        DiagnosticIds.LanguageTooOld,
        "A project with contracts must be compiled as C# 13 or later",
        "EventBus generates C# 13 for contracts, but this project is compiled as C# {0}; set <LangVersion> to 13 or later, or remove it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The formatters of events are generic over readers and writers that are ref structs, which C# allows since version 13.",
        RulePages.HelpLink(DiagnosticIds.LanguageTooOld),
        WellKnownDiagnosticTags.CompilationEnd);
}
