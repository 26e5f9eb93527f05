using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Caching;

/// <summary>The driver lives as long as an editor, and must not keep the compilations of earlier edits.</summary>
public sealed class LifetimeTests
{
    private const string Path = "Elsewhere.cs";

    [Theory]
    [InlineData("int Value() => 1;", "int Value() => 2;")]
    [InlineData("int Value() => 1;", "int Other() => 1;")]
    public void Compilation_before_an_edit_is_collected(string before, string after)
    {
        var driver = GeneratorRun.AllGenerators();
        var (compilation, tree) = Run(ref driver, before, after);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(compilation.IsAlive);
        Assert.False(tree.IsAlive);
        GC.KeepAlive(driver);
    }

    // A method of its own: its locals are gone when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Compilation, WeakReference Tree) Run(ref GeneratorDriver driver, string before, string after)
    {
        var tree = Parse(before);
        var compilation = GeneratorRun.Compile("""
            [BroadcastEvent] public interface IShopEvents { void Placed(Order order); }
            public record Order(int Id);
            [EventHandler] public class Shop : IShopEvents { public void Placed(Order order) { } }
            """).AddSyntaxTrees(tree);
        driver = driver.RunGenerators(compilation);
        Assert.NotEmpty(driver.GetRunResult().GeneratedTrees);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, Parse(after)));
        return (new WeakReference(compilation), new WeakReference(tree));
    }

    private static SyntaxTree Parse(string member) =>
        CSharpSyntaxTree.ParseText($"public class Elsewhere {{ public {member} }}", GeneratorRun.ParseOptions, Path);
}
