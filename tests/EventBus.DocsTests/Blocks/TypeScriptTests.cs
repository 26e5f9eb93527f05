using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using EventBus.DocsTests.Pages;
using EventBus.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.DocsTests.Blocks;

/// <summary>The TypeScript of the guide keeps to the contracts that the guide shows, as the TypeScript compiler sees it.</summary>
public sealed class TypeScriptTests
{
    private const string Guide = "docs/guides/typescript.md";

    // The packages of the interop tests: TypeScript, socket.io and its client.
    private static readonly string Packages = Repository.PathOf("tests/EventBus.InteropTests/node/node_modules");

    private static readonly string? Missing =
        Environment.GetEnvironmentVariable("EVENTBUS_REQUIRE_NODE") == "1" || Directory.Exists(Packages)
            ? null
            : "The packages of the interop tests are missing: run eng/setup.sh.";

    [Fact(Timeout = 120_000)]
    public async Task Programs_of_the_guide_compile()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var folder = Directory.CreateTempSubdirectory("eventbus-docs-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Packages);
            await WriteAsync(folder.FullName, BlocksOf("ts").Select(static block => block.Code));
            Assert.Equal("", await CompileAsync(folder.FullName));

            // The compiler does read the programs and the contracts.
            await WriteAsync(folder.FullName, ["import type { IsNot } from \"./contracts\"; export const events: IsNot = 1;"]);
            Assert.Contains("error TS2305", await CompileAsync(folder.FullName), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(string folder, IEnumerable<string> programs)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "contracts.d.ts"), Contracts());
        await File.WriteAllTextAsync(Path.Combine(folder, "tsconfig.json"), """
            {
              "compilerOptions": {
                "strict": true, "noEmit": true, "target": "es2022", "module": "preserve", "moduleResolution": "bundler",
                "lib": ["es2022", "dom"], "types": ["node"], "skipLibCheck": true
              },
              "include": ["*.ts"]
            }
            """);
        foreach (var (index, program) in programs.Index())
            await File.WriteAllTextAsync(Path.Combine(folder, $"program{index}.ts"), program);
    }

    private static IEnumerable<CodeBlock> BlocksOf(string language) =>
        Page.Named(Guide).Blocks.Where(block => block.Language == language);

    // What a build of the guide's contracts writes to EventBusTypeScriptOutput.
    private static string Contracts()
    {
        var compilation = BlockCompiler.Compile(Assert.Single(BlocksOf("csharp")));
        var driver = CSharpGeneratorDriver.Create([new TypeScriptGenerator().AsSourceGenerator()], optionsProvider: new Output());
        var emitted = Assert.Single(driver.RunGenerators(compilation).GetRunResult().GeneratedTrees).ToString();
        return emitted.Split("#if false // TypeScript\n")[1].Split("#endif\n")[0];
    }

    private static async Task<string> CompileAsync(string folder)
    {
        var compiler = Path.Combine(Packages, "typescript", "bin", "tsc");
        var start = new ProcessStartInfo("node", [compiler, "--project", folder, "--pretty", "false", "--preserveSymlinks"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    private sealed class Output : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = "contracts.d.ts";
                return key == "build_property.EventBusTypeScriptOutput";
            }
        }
    }
}
