using System.Text.Json;

namespace EventBus.PackageTests;

public sealed class AssemblyTests(PackedFixture packed)
{
    /// <summary>The oldest SDK that the README names, its compiler, and the libraries that the compiler loads with it.</summary>
    /// <remarks>
    /// The references show that this compiler loads the analyzers. The tests of the generator and of the analyzers show that they run on
    /// it: they use
    /// the compiler that both are built against, 4.14, which is older.
    /// </remarks>
    private static readonly (string Sdk, Version Compiler, Version Libraries) Oldest =
        ("10.0.100", new Version(5, 0, 0, 0), new Version(10, 0, 0, 0));

    private IEnumerable<string> Assemblies => packed.Package.Names.Where(static name => name.EndsWith(".dll", StringComparison.Ordinal));

    private IEnumerable<string> ForTheCompiler => Assemblies.Where(static name => name.StartsWith("analyzers/", StringComparison.Ordinal));

    [Fact]
    public void Compiler_parts_reference_nothing_newer_than_the_oldest_compiler()
    {
        Assert.NotEmpty(ForTheCompiler);
        Assert.All(ForTheCompiler, name =>
        {
            var references = PackedAssembly.References(packed.Package.Read(name));
            Assert.Contains("Microsoft.CodeAnalysis", references);
            Assert.All(references, static reference =>
            {
                var isCompiler = reference.Key.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);
                Assert.True(reference.Value <= (isCompiler ? Oldest.Compiler : Oldest.Libraries), $"{reference}");
            });
        });
    }

    [Fact]
    public void Oldest_SDK_is_the_same_in_the_readme_and_in_global_json()
    {
        using var global = JsonDocument.Parse(File.ReadAllText(Path.Combine(Metadata.Root, "global.json")));

        Assert.Equal(Oldest.Sdk, global.RootElement.GetProperty("sdk").GetProperty("version").GetString());
        Assert.Contains($"SDK {Oldest.Sdk}", File.ReadAllText(Path.Combine(Metadata.Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Compiler_parts_reference_only_assemblies_of_the_compiler() => Assert.All(ForTheCompiler, name => Assert.All(
        PackedAssembly.References(packed.Package.Read(name)).Keys,
        static reference => Assert.Matches(@"^(netstandard|EventBus\.Analyzers|System\..+|Microsoft\.CodeAnalysis(\..+)?)$", reference)));

    [Fact]
    public void Assemblies_are_deterministic() =>
        Assert.All(Assemblies, name => Assert.True(PackedAssembly.IsReproducible(packed.Package.Read(name))));

    [Fact]
    public void Compiler_parts_embed_their_symbols() =>
        Assert.All(ForTheCompiler, name => Assert.True(PackedAssembly.EmbedsItsSymbols(packed.Package.Read(name))));
}
