using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators.Tests.Caching;

/// <summary>
/// The reason why <see cref="DifferentialTests"/> need steps with one input: if the steps of a driver are tracked, as in these tests,
/// Roslyn 4.14 loses outputs. A step of <c>Combine</c> keeps an empty place for an input that is gone, and a later run takes that place for
/// the next input. If this test fails, Roslyn is repaired.
/// </summary>
public sealed class RoslynTests
{
    [Theory]
    [InlineData(false, "A B")]
    [InlineData(true, "A")]
    public void ForAttributeWithMetadataName_loses_a_type_if_steps_are_tracked(bool tracks, string expected)
    {
        const string Alias = "global using Number = System.Int32;";
        var compilation = GeneratorRun.Compile(
            $"{Alias} [assembly: CLSCompliant(true)]", "[Obsolete] class A;", "[Obsolete] class B;", "class Elsewhere;");
        var driver = Run(Driver(tracks), compilation);
        Assert.Equal("A B", Found(driver));

        // The file is an input because of its alias, and no output any more because it has no attribute.
        compilation = Edit(compilation, 1, Alias);
        driver = Run(driver, compilation);
        Assert.Equal("A B", Found(driver));

        driver = Run(driver, Edit(compilation, 4, "class Other;"));
        Assert.Equal(expected, Found(driver));
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string text)
    {
        var tree = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, GeneratorRun.ParseOptions, tree.FilePath));
    }

    private static CSharpGeneratorDriver Driver(bool tracks) => CSharpGeneratorDriver.Create(
        [new Marked().AsSourceGenerator()],
        parseOptions: GeneratorRun.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracks));

    private static GeneratorDriver Run(GeneratorDriver driver, Compilation compilation) =>
        driver.RunGenerators(compilation, TestContext.Current.CancellationToken);

    private static string Found(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().GeneratedSources.Single().SourceText.ToString();

    private sealed class Marked : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var names = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    "System.ObsoleteAttribute",
                    static (node, _) => node is ClassDeclarationSyntax,
                    static (target, _) => target.TargetSymbol.Name)
                .Collect();
            context.RegisterSourceOutput(names, static (output, all) => output.AddSource("Names.cs", string.Join(' ', all)));
        }
    }
}
