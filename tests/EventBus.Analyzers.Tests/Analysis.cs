using System.Collections.Immutable;
using EventBus.Analyzers.Tests.Declaring;
using EventBus.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace EventBus.Analyzers.Tests;

/// <summary>Runs one analyzer over source. It must report exactly the places in <c>[|marks|]</c>.</summary>
internal static class Analysis
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The assemblies that this test process runs on, those of serializers, and EventBus last.
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => IsReferenced(Path.GetFileName(path)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        .. SerializerPackages.References,
        MetadataReference.CreateFromFile(typeof(BroadcastEventAttribute).Assembly.Location),
    ];

    /// <summary>Fails unless exactly the marked places are reported. Returns the messages in the order of the places.</summary>
    public static Task<ImmutableArray<string>> VerifyAsync<TAnalyzer>(string markedSource, AnalyzerOptions? options = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => VerifyAsync<TAnalyzer>(markedSource, options, OutputKind.DynamicallyLinkedLibrary);

    /// <summary>The same for an application, which may have top-level statements.</summary>
    public static Task<ImmutableArray<string>> VerifyProgramAsync<TAnalyzer>(string markedSource)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => VerifyAsync<TAnalyzer>(markedSource, null, OutputKind.ConsoleApplication);

    private static async Task<ImmutableArray<string>> VerifyAsync<TAnalyzer>(string markedSource, AnalyzerOptions? options, OutputKind kind)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var (source, expected) = Unmark(markedSource);
        var diagnostics = await AnalyzeAsync<TAnalyzer>(Compile([$"using EventBus;\n{source}"], kind), options);

        Assert.All(
            diagnostics, static diagnostic => Assert.Contains(new TAnalyzer().SupportedDiagnostics, rule => rule.Id == diagnostic.Id));
        Assert.Equal(
            expected.Select(static span => span.Start + "using EventBus;\n".Length),
            diagnostics.Select(static diagnostic => diagnostic.Location.SourceSpan.Start));
        Assert.Equal(
            expected.Select(static span => span.Length), diagnostics.Select(static diagnostic => diagnostic.Location.SourceSpan.Length));
        return [.. diagnostics.Select(static diagnostic => diagnostic.GetMessage())];
    }

    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync<TAnalyzer>(
        CSharpCompilation compilation, params AdditionalText[] additionalFiles)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => AnalyzeAsync<TAnalyzer>(compilation, new AnalyzerOptions([.. additionalFiles]));

    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync<TAnalyzer>(CSharpCompilation compilation, AnalyzerOptions? options)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => AnalyzeAsync(new TAnalyzer(), compilation, options);

    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        DiagnosticAnalyzer analyzer, CSharpCompilation compilation, AnalyzerOptions? options)
    {
        var diagnostics = await compilation.WithAnalyzers([analyzer], options).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static CSharpCompilation Compile(string source, bool withEventBus, params MetadataReference[] others) =>
        Compile([source], OutputKind.DynamicallyLinkedLibrary, withEventBus, others);

    public static CSharpCompilation Compile(
        IEnumerable<string> sources, OutputKind kind, bool withEventBus = true, params MetadataReference[] others) =>
        Compile(Create(sources, kind, withEventBus, others), withEventBus);

    /// <summary>The same for a project with an older version of C#.</summary>
    public static CSharpCompilation Compile(
        IEnumerable<string> sources, OutputKind kind, LanguageVersion version, params MetadataReference[] others) =>
        Compile(Create(sources, kind, withEventBus: true, version, others), withEventBus: true);

    /// <summary>The same for a project in which another source generator writes a file.</summary>
    public static CSharpCompilation CompileBeside(string written, params string[] sources) => Compile(
        Create(sources, OutputKind.DynamicallyLinkedLibrary, withEventBus: true), withEventBus: true, new FileGenerator(written));

    /// <summary>The same for a project that references EventBus by an alias.</summary>
    public static CSharpCompilation CompileAliased(string source, string alias) => Compile(
        Create([source], OutputKind.DynamicallyLinkedLibrary, withEventBus: false, References[^1].WithAliases([alias])),
        withEventBus: true);

    private static CSharpCompilation Compile(
        CSharpCompilation compilation, bool withEventBus, params IEnumerable<IIncrementalGenerator> others)
    {
        // An example that does not compile shows nothing.
        var generated = withEventBus ? Generate(compilation, out _, others) : compilation;
        Assert.DoesNotContain(
            compilation.SyntaxTrees.SelectMany(tree => generated.GetSemanticModel(tree).GetDiagnostics()),
            static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return generated;
    }

    /// <summary>The same for code that need not compile, with the failures of the generator.</summary>
    public static CSharpCompilation CompileBroken(IEnumerable<string> sources, OutputKind kind, out ImmutableArray<Diagnostic> failures) =>
        Generate(Create(sources, kind, withEventBus: true), out failures);

    private static CSharpCompilation Create(
        IEnumerable<string> sources, OutputKind kind, bool withEventBus, params MetadataReference[] others) =>
        Create(sources, kind, withEventBus, LanguageVersion.Default, others);

    private static CSharpCompilation Create(
        IEnumerable<string> sources, OutputKind kind, bool withEventBus, LanguageVersion version, params MetadataReference[] others) =>
        CSharpCompilation.Create(
            "Shop",
            [.. sources.Prepend(GlobalUsings).Select(source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(version)))],
            [.. withEventBus ? References : References[..^1], .. others],
            new CSharpCompilationOptions(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    private static bool IsReferenced(string name) =>
        name is "mscorlib.dll" or "netstandard.dll" or "Npgsql.dll"
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    // Using a contract means calling its senders.
    private static CSharpCompilation Generate(
        CSharpCompilation compilation, out ImmutableArray<Diagnostic> failures, params IEnumerable<IIncrementalGenerator> others)
    {
        CSharpGeneratorDriver.Create(
            [
                .. others.Append(new EventContractGenerator()).Append(new ObservablePropertyGenerator())
                    .Select(static generator => generator.AsSourceGenerator()),
            ],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out failures);
        return (CSharpCompilation)generated;
    }

    private static (string Source, List<TextSpan> Marks) Unmark(string marked)
    {
        var marks = new List<TextSpan>();
        var source = "";
        foreach (var part in marked.Split("[|"))
        {
            var pieces = part.Split("|]");
            if (pieces.Length == 2)
                marks.Add(new TextSpan(source.Length, pieces[0].Length));
            source += string.Concat(pieces);
        }

        return (source, marks);
    }

    /// <summary>A file beside the source.</summary>
    public sealed class Text(string path, string content) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content);
    }
}
