using System.Collections.Concurrent;
using EventBus.Analyzers.CodeFixes;
using EventBus.Analyzers.Tests.CodeFixes;
using EventBus.Analyzers.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests;

/// <summary>
/// Code is broken most of the time while somebody types it. Analyzers, fixes and the generator must not throw if tokens of the pages'
/// examples are lost, doubled or exchanged.
/// </summary>
public sealed class BrokenCodeTests
{
    private const int Variants = 3;

    public static TheoryData<string> Ids => CatalogueTests.Ids;

    public static TheoryData<string> FixedIds =>
        [.. AllFixes.SelectMany(static fix => fix.FixableDiagnosticIds).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<EventBusCodeFix> AllFixes =>
        from type in typeof(EventBusCodeFix).Assembly.GetTypes()
        where !type.IsAbstract && typeof(EventBusCodeFix).IsAssignableFrom(type)
        select (EventBusCodeFix)Activator.CreateInstance(type)!;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Analyzers_do_not_throw_on_broken_code(string id)
    {
        var thrown = new ConcurrentQueue<string>();
        var random = new Random(int.Parse(id.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture));
        foreach (var sources in new RulePage(id).Examples.Where(static example => example.HasCode).Select(example => example.Sources(id)))
        {
            for (var variant = 0; variant < Variants; variant++)
            {
                var broken = Break(sources[^1], random, changes: 1 + (variant % 3));
                var compilation = Analysis.CompileBroken([.. sources.SkipLast(1), broken], OutputKind.ConsoleApplication, out var failures);
                var options = new CompilationWithAnalyzersOptions(
                    new AnalyzerOptions([new Analysis.Text("Events.Shipped.txt", "/ message(user: string, text: string)")]),
                    (exception, analyzer, _) => thrown.Enqueue($"{analyzer}: {exception}\n{broken}"),
                    concurrentAnalysis: true,
                    logAnalyzerExecutionTime: false);

                await compilation.WithAnalyzers([.. PageTests.AllAnalyzers], options)
                    .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

                foreach (var failure in failures)
                    thrown.Enqueue($"{failure}\n{broken}");
            }
        }

        Assert.Empty(thrown);
    }

    [Theory]
    [MemberData(nameof(FixedIds))]
    public async Task Fixes_do_not_throw_on_broken_code(string id)
    {
        var token = TestContext.Current.CancellationToken;
        var asked = 0;
        var random = new Random(int.Parse(id.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture));
        foreach (var sources in new RulePage(id).Examples.Where(static example => example.HasCode).Select(example => example.Sources(id)))
        {
            for (var variant = 0; variant < Variants; variant++)
            {
                var project = Project([.. sources.SkipLast(1), Break(sources[^1], random, changes: variant)]);
                var compilation = (await project.GetCompilationAsync(token))!;
                foreach (var diagnostic in await compilation.WithAnalyzers([PageTests.AnalyzerOf(id)]).GetAnalyzerDiagnosticsAsync(token))
                {
                    var actions = new List<CodeAction>();
                    var context = new CodeFixContext(
                        project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), token);
                    foreach (var fix in AllFixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                        await fix.RegisterCodeFixesAsync(context);
                    foreach (var action in actions)
                        Assert.NotEmpty(await action.GetOperationsAsync(token));
                    asked++;
                }
            }
        }

        Assert.NotEqual(0, asked);
    }

    [Fact]
    public async Task Endlessly_growing_types_are_walked_once()
    {
        var compilation = Analysis.CompileBroken(
            [
                "using EventBus; [BroadcastEvent] public interface IEndless { void Ping(Node<int> node); }",
                "public class Node<T> { public Node<List<T>>? Left { get; set; } public Node<T[]>? Right { get; set; } }",
            ],
            OutputKind.DynamicallyLinkedLibrary,
            out var failures);

        var diagnostics = await compilation.WithAnalyzers([.. PageTests.AllAnalyzers])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Empty(failures);
        Assert.Equal("EVB1002", Assert.Single(diagnostics).Id);
    }

    private static Project Project(IReadOnlyList<string> sources)
    {
        var compilation = Analysis.Compile("", withEventBus: true);
        var project = new AdhocWorkspace().AddProject("Shop", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication))
            .AddMetadataReferences(compilation.References)
            .AddAnalyzerReference(LoadedGenerator.Reference)
            .AddDocument(
                "GlobalUsings.cs", "global using System; global using System.Collections.Generic; global using System.Threading.Tasks;")
                .Project;
        return sources.Index().Aggregate(project, static (project, file) => project.AddDocument($"File{file.Index}.cs", file.Item).Project);
    }

    private static string Break(string source, Random random, int changes)
    {
        // The usings stay.
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Select(static token => token.ToFullString()).ToList();
        var start = source.IndexOf('\n');
        var first = 0;
        for (var length = 0; length <= start; first++)
            length += tokens[first].Length;
        for (var change = 0; change < changes; change++)
        {
            var place = random.Next(first, tokens.Count);
            switch (random.Next(4))
            {
                case 0:
                    tokens.Insert(place, tokens[place]);
                    break;
                case 1:
                    tokens[place] = tokens[random.Next(first, tokens.Count)];
                    break;
                default:
                    tokens[place] = " ";
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
