using System.Text.Json;

namespace EventBus.PackageTests;

public sealed class AssemblyTests(PackedFixture packed)
{
    /// <summary>
    /// The compiler of the oldest SDK that the README names, and the version of the libraries that it brings along. That it loads them is told by what they reference. That they run on it: the tests of
    /// the generator and of the analyzers run both in their own process on the compiler they are built against, 4.14, which is older still.
    /// </summary>
    private static readonly (string Sdk, Version Compiler, Version Libraries) Oldest = ("10.0.100", new Version(5, 0, 0, 0), new Version(10, 0, 0, 0));

    private IEnumerable<string> Assemblies => packed.Package.Names.Where(static name => name.EndsWith(".dll", StringComparison.Ordinal));

    private IEnumerable<string> ForTheCompiler => Assemblies.Where(static name => name.StartsWith("analyzers/", StringComparison.Ordinal));

    [Fact]
    public void The_oldest_compiler_loads_what_it_is_given()
    {
        Assert.NotEmpty(ForTheCompiler);
        Assert.All(ForTheCompiler, name =>
        {
            var references = PackedAssembly.References(packed.Package.Read(name));
            Assert.Contains("Microsoft.CodeAnalysis", references);
            Assert.All(references, static reference => Assert.True(
                reference.Value <= (reference.Key.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) ? Oldest.Compiler : Oldest.Libraries), $"{reference}"));
        });
    }

    [Fact]
    public void The_oldest_SDK_is_the_one_that_the_README_names_and_that_builds_this_repository()
    {
        using var global = JsonDocument.Parse(File.ReadAllText(Path.Combine(Metadata.Root, "global.json")));

        Assert.Equal(Oldest.Sdk, global.RootElement.GetProperty("sdk").GetProperty("version").GetString());
        Assert.Contains($"SDK {Oldest.Sdk}", File.ReadAllText(Path.Combine(Metadata.Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_compiler_loads_needs_nothing_that_neither_it_nor_an_editor_brings() => Assert.All(ForTheCompiler, name => Assert.All(
        PackedAssembly.References(packed.Package.Read(name)).Keys, static reference => Assert.Matches(@"^(netstandard|EventBus\.Analyzers|System\..+|Microsoft\.CodeAnalysis(\..+)?)$", reference)));

    [Fact]
    public void Every_assembly_can_be_built_again_to_the_same_bytes() => Assert.All(Assemblies, name => Assert.True(PackedAssembly.IsReproducible(packed.Package.Read(name))));

    [Fact]
    public void What_no_symbol_server_knows_has_its_symbols_in_it() =>
        Assert.All(ForTheCompiler, name => Assert.True(PackedAssembly.EmbedsItsSymbols(packed.Package.Read(name))));
}
