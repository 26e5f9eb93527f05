using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.Pages;

/// <summary>The examples of the pages compile, and each rule reports exactly the marked lines.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Ids => CatalogueTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Examples_of_pages_are_reported_at_the_marked_place(string id)
    {
        var page = new RulePage(id);
        var examples = page.Examples.ToList();

        Assert.Contains(examples, example => example.Marked(id).Any());
        Assert.Contains("good", page.Text, StringComparison.Ordinal);
        foreach (var example in examples)
            Assert.Equal(example.Marked(id).Order(), (await example.ReportedAsync(AnalyzerOf(id), id)).Distinct().Order());
    }

    internal static DiagnosticAnalyzer AnalyzerOf(string id) =>
        AllAnalyzers.Single(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id));

    internal static IEnumerable<DiagnosticAnalyzer> AllAnalyzers =>
        from type in typeof(DiagnosticIds).Assembly.GetTypes()
        where !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
        select (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
}
