using EventBus.Analyzers.Tests.Declaring;
using EventBus.Analyzers.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests;

/// <summary>A payload of a product is sent without a warning, or exactly the rule that its page explains is reported.</summary>
public sealed class ProductShapeTests
{
    public static TheoryData<string> Sent => [.. ProductShapes.Sent.Select(static shape => shape.Type)];

    public static TheoryData<string> Reported => [.. ProductShapes.Reported.Select(static shape => shape.Type)];

    [Theory]
    [MemberData(nameof(Sent))]
    public async Task Shape_is_sent_without_a_warning(string type)
    {
        var source = ProductShapes.Sent.Single(shape => shape.Type == type).Source;

        Assert.Empty(await DiagnoseAsync(type, source));
    }

    [Theory]
    [MemberData(nameof(Reported))]
    public async Task Shape_is_reported_by_a_rule_with_a_page(string type)
    {
        var shape = ProductShapes.Reported.Single(shape => shape.Type == type);

        Assert.Equal(shape.Rule, Assert.Single(await DiagnoseAsync(type, shape.Source)).Id);
        Assert.True(File.Exists(Path.Combine(CatalogueTests.Root, "docs", "rules", $"{shape.Rule}.md")));
    }

    [Fact]
    public void Shapes_are_at_least_sixty() => Assert.InRange(ProductShapes.Sent.Length + ProductShapes.Reported.Length, 60, int.MaxValue);

    // Everything that the build of a product would show: errors and warnings of the compiler, also in generated code, and of the rules.
    private static async Task<IEnumerable<Diagnostic>> DiagnoseAsync(string type, string source)
    {
        var contract = $$"""
            using EventBus;
            using System.Runtime.Serialization;
            using System.Text.Json.Serialization;
            using System.Xml.Serialization;
            using CommunityToolkit.Mvvm.ComponentModel;
            using Bson = MongoDB.Bson.Serialization.Attributes;
            using NJ = Newtonsoft.Json;
            [BroadcastEvent] public interface IProductEvents { ValueTask Sent({{type}} value, string? note = null); }
            """;
        var compilation = Analysis.Compile(
            [$"{contract}\n{source}", PageContext.Source, $"#pragma warning disable\n{SerializerStubs.Source}"],
            OutputKind.DynamicallyLinkedLibrary);
        var found = await compilation.WithAnalyzers([.. PageTests.AllAnalyzers]).GetAllDiagnosticsAsync();
        return found.Where(static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false });
    }
}
