using System.Collections.Concurrent;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1027: the version of C# must be 13 or later. It is reported once, at the first contract of the project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LanguageVersionAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.LanguageTooOld)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        if (!LanguageChecks.IsTooOld(context.Compilation))
            return;

        var places = new ConcurrentBag<Location>();
        context.RegisterSyntaxNodeAction(
            node =>
            {
                var declaration = (InterfaceDeclarationSyntax)node.Node;
                var type = node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken);
                if (type is not null && ContractEvents.IsContract(type))
                    places.Add(declaration.Identifier.GetLocation());
            },
            SyntaxKind.InterfaceDeclaration);
        context.RegisterCompilationEndAction(end =>
        {
            // Files that count as generated are not visited, and nothing can be reported there.
            if (!places.IsEmpty || ContractEvents.DeclaredIn(end.Compilation.Assembly).Any())
                end.ReportDiagnostic(Diagnostic.Create(Rule, First(places, end.Compilation), Used(end.Compilation)));
        });
    }

    private static Location? First(IEnumerable<Location> places, Compilation compilation)
    {
        var files = compilation.SyntaxTrees.ToList();
        return places.OrderBy(place => files.IndexOf(place.SourceTree!)).ThenBy(static place => place.SourceSpan.Start).FirstOrDefault();
    }

    // As the project file has it: 12, not 12.0.
    private static string Used(Compilation compilation) =>
        ((CSharpCompilation)compilation).LanguageVersion.ToDisplayString().Replace(".0", "");
}
