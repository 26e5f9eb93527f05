using System.Reflection;
using EventBus.Analyzers.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests;

public sealed class CatalogueTests
{
    internal static readonly string Root = typeof(CatalogueTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "RepositoryRoot").Value!;

    public static TheoryData<string> Ids => [.. typeof(DiagnosticIds).GetFields().Select(static row => (string)row.GetRawConstantValue()!)];

    internal static DiagnosticDescriptor DescriptorOf(string id) => Assert.Single(Descriptors, descriptor => descriptor.Id == id);

    private static DiagnosticDescriptor[] Descriptors =>
        [.. typeof(DiagnosticDescriptors).GetFields().Select(static row => (DiagnosticDescriptor)row.GetValue(null)!)];

    [Fact]
    public void Ids_are_unique() => Assert.Equal(Ids.Count, Ids.Select(static row => row.Data).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ids_have_one_descriptor_of_the_category_of_the_range(string id)
    {
        var descriptor = Assert.Single(Descriptors, descriptor => descriptor.Id == id);

        Assert.Equal(id[3] switch { '1' => "EventBus.Declaring", '2' => "EventBus.Using", _ => "EventBus.Hosting" }, descriptor.Category);
        Assert.NotEmpty(descriptor.Description.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ids_have_an_analyzer_in_the_folder_of_the_range(string id)
    {
        var analyzer = Assert.Single(typeof(DiagnosticIds).Assembly.GetTypes(), type =>
            type is { IsAbstract: false } && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
            && ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics.Any(rule => rule.Id == id));

        Assert.Equal(
            id[3] switch { '1' => "EventBus.Analyzers.Declaring", '2' => "EventBus.Analyzers.Using", _ => "EventBus.Analyzers.Hosting" },
            analyzer.Namespace);
        Assert.NotNull(analyzer.GetCustomAttribute<DiagnosticAnalyzerAttribute>());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ids_have_a_complete_page_that_the_help_link_names(string id)
    {
        var descriptor = DescriptorOf(id);
        Assert.EndsWith($"docs/rules/{id}.md", descriptor.HelpLinkUri);

        var page = File.ReadAllText(Path.Combine(Root, "docs", "rules", $"{id}.md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page);
        Assert.Contains("## Why\n", page);
        Assert.Contains("## Example\n", page);
        Assert.Contains("## How to suppress\n", page);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ids_have_a_release_row_and_an_index_line(string id)
    {
        var releases = Path.Combine(Root, "src", "EventBus.Analyzers");
        var rows = File.ReadAllText(Path.Combine(releases, "AnalyzerReleases.Shipped.md")) + File.ReadAllText(
            Path.Combine(releases, "AnalyzerReleases.Unshipped.md"));
        var descriptor = Assert.Single(Descriptors, descriptor => descriptor.Id == id);

        var row = Assert.Single(rows.Split('\n'), row => row.StartsWith($"{id} | ", StringComparison.Ordinal));
        Assert.Equal(
            $"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} "
            + $"| {PageTests.AnalyzerOf(id).GetType().Name}, [page](../../docs/rules/{id}.md)",
            row);
        Assert.Contains($"| [{id}]({id}.md) | {descriptor.Title} |", File.ReadAllText(Path.Combine(Root, "docs", "rules", "README.md")));
    }

    /// <summary>The compiler of the oldest supported SDK is newer (5.0), so a rule that runs here runs there.</summary>
    [Fact]
    public void Compiler_under_test_is_the_one_built_against() => Assert.Equal(
        typeof(DiagnosticIds).Assembly.GetReferencedAssemblies().Single(static name => name.Name == "Microsoft.CodeAnalysis").Version,
        typeof(Compilation).Assembly.GetName().Version);

    [Fact]
    public void Pages_all_belong_to_a_rule() => Assert.Equal(
        Ids.Select(static row => $"{row.Data}.md").Append("README.md").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Root, "docs", "rules")).Select(static path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal));
}
