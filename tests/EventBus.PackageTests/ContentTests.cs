namespace EventBus.PackageTests;

public sealed class ContentTests(PackedFixture packed)
{
    [Fact]
    public void It_holds_the_library_what_the_compiler_loads_and_nothing_else() => Assert.Equal(
        [
            "EventBus.nuspec",
            "README.md",
            "analyzers/dotnet/cs/EventBus.Analyzers.CodeFixes.dll",
            "analyzers/dotnet/cs/EventBus.Analyzers.dll",
            "analyzers/dotnet/cs/EventBus.Generators.dll",
            "buildTransitive/EventBus.Build.dll",
            "buildTransitive/EventBus.props",
            "buildTransitive/EventBus.targets",
            "lib/net10.0/EventBus.dll",
            "lib/net10.0/EventBus.xml",
        ],
        packed.Package.Names);

    [Fact]
    public void Its_symbols_are_the_librarys() => Assert.Equal(["EventBus.nuspec", "lib/net10.0/EventBus.pdb"], packed.Symbols.Names);

    [Fact]
    public void It_depends_on_Npgsql_and_the_abstractions_it_is_built_on() => Assert.Equal(
        ["Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options.ConfigurationExtensions", "Npgsql"],
        packed.Package.ReadNuspec().Descendants("dependency").Select(static dependency => dependency.Attribute("id")!.Value));

    [Fact]
    public void It_is_for_one_framework() =>
        Assert.Equal("net10.0", Assert.Single(packed.Package.ReadNuspec().Descendants("group")).Attribute("targetFramework")!.Value);

    [Fact]
    public void It_says_what_it_is_under_which_licence_and_which_commit_it_was_made_of()
    {
        var nuspec = packed.Package.ReadNuspec();

        Assert.Equal("README.md", nuspec.Element("readme")!.Value);
        Assert.Equal("MIT", nuspec.Element("license")!.Value);
        Assert.NotEmpty(nuspec.Element("description")!.Value);
        Assert.Equal("git", nuspec.Element("repository")!.Attribute("type")!.Value);
        Assert.Matches("^[0-9a-f]{40}$", nuspec.Element("repository")!.Attribute("commit")!.Value);
    }
}
