using System.Collections.Immutable;
using EventBus.Analyzers.Using;
using EventBus.DocsTests.Pages;
using EventBus.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.DocsTests.Blocks;

/// <summary>
/// Compiles a block of C# as the only file of a console project, with the generator and the analyzers. A block that is not complete names
/// the preambles that it continues: they declare the variables and types that the page has introduced before.
/// </summary>
internal static class BlockCompiler
{
    // What a project with <ImplicitUsings> has.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => IsReferenced(Path.GetFileName(path)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. from type in typeof(UnobservedEmitAnalyzer).Assembly.GetTypes()
           where !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type)
           select (DiagnosticAnalyzer)Activator.CreateInstance(type)!,
    ];

    /// <summary>The block with everything that it needs, compiled.</summary>
    public static CSharpCompilation Compile(CodeBlock block)
    {
        var code = Parse($"#line {block.Line + 1} \"{block.Page}\"\n{block.Code}\n");
        var isProgram = code.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var compilation = CSharpCompilation.Create(
            "Example",
            [Parse(ImplicitUsings), .. block.Preambles.Select(static name => Parse(Preamble(name))), code],
            References,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(new EventContractGenerator(), new EventHandlerGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return (CSharpCompilation)generated;
    }

    /// <summary>Every error and warning of the compiler, the generator and the analyzers.</summary>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(CodeBlock block, CancellationToken cancellationToken)
    {
        var diagnostics = await Compile(block).WithAnalyzers(Analyzers).GetAllDiagnosticsAsync(cancellationToken);
        return
        [
            .. from diagnostic in diagnostics
               where diagnostic.Severity >= DiagnosticSeverity.Warning
               select diagnostic.ToString(),
        ];
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.CSharp13));

    private static string Preamble(string name) => File.ReadAllText(Repository.PathOf($"tests/EventBus.DocsTests/Preambles/{name}.cs"));

    private static bool IsReferenced(string name) =>
        name is "mscorlib.dll" or "netstandard.dll" or "Npgsql.dll" or "EventBus.dll" or "NodaTime.dll"
            or "EventBus.EntityFrameworkCore.dll" or "EventBus.Testing.PostgreSql.dll" or "Npgsql.EntityFrameworkCore.PostgreSQL.dll"
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("OpenTelemetry.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
