using System.Collections.Immutable;
using EventBus.Generators.Tests.TypeScript;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests;

/// <summary>Runs the generator over source text.</summary>
internal sealed class GeneratorRun
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    // The assemblies that this test process runs on, including EventBus and the framework.
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(BroadcastEventAttribute).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading.Tasks;
        global using EventBus;
        """;

    private GeneratorRun(Compilation output, GeneratorDriverRunResult result)
    {
        Output = output;
        Result = result;
    }

    /// <summary>The source and what was emitted for it.</summary>
    public Compilation Output { get; }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>The emitted files by name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.Results.Single().GeneratedSources.ToDictionary(
        static file => file.HintName, static file => file.SourceText.ToString());

    public static GeneratorRun Of(params string[] sources) => Of(Compile(sources));

    /// <summary>The same for a project with an older version of C#.</summary>
    public static GeneratorRun Of(LanguageVersion version, params string[] sources) => Of(Compile(version, sources));

    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        var options = ParseOptions.WithLanguageVersion(compilation.LanguageVersion);
        var driver = Driver().WithUpdatedParseOptions(options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        var result = driver.GetRunResult();
        Assert.Null(result.Results.Single().Exception);
        return new GeneratorRun(output, result);
    }

    /// <summary>
    /// Fails if the compiler reports a warning or an error, or anything in emitted code. The sources of tests need no documentation.
    /// </summary>
    public void AssertClean() => Assert.DoesNotContain(
        Output.GetDiagnostics(TestContext.Current.CancellationToken),
        static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false }
            && !(diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree!.FilePath.StartsWith("Source", StringComparison.Ordinal)));

    public static CSharpCompilation Compile(params string[] sources) => Compile(ParseOptions.LanguageVersion, sources);

    private static CSharpCompilation Compile(LanguageVersion version, params string[] sources) => CSharpCompilation.Create(
        "Shop.Contracts",
        sources.Prepend(GlobalUsings).Select(
            (source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions.WithLanguageVersion(version), $"Source{index}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999));

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new EventContractGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>A driver with all generators of EventBus, for a project that asks for TypeScript.</summary>
    public static GeneratorDriver AllGenerators(bool tracksSteps = false) => CSharpGeneratorDriver.Create(
        [
            new EventContractGenerator().AsSourceGenerator(),
            new EventHandlerGenerator().AsSourceGenerator(),
            new TypeScriptGenerator().AsSourceGenerator(),
        ],
        parseOptions: ParseOptions,
        optionsProvider: TypeScriptRun.OptionsOf("contracts.d.ts"),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracksSteps));
}
