namespace EventBus.PackageTests;

public sealed class ContentTests(PackedFixture packed)
{
    [Fact]
    public void Package_contains_the_library_the_compiler_parts_the_rule_pages_and_the_grants()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Metadata.Root, "docs", "rules"))
            .Select(static page => $"docs/rules/{Path.GetFileName(page)}");
        string[] files =
        [
            "EventBus.Postgres.nuspec",
            "README.md",
            "analyzers/dotnet/cs/EventBus.Analyzers.CodeFixes.dll",
            "analyzers/dotnet/cs/EventBus.Analyzers.dll",
            "analyzers/dotnet/cs/EventBus.Generators.dll",
            "buildTransitive/EventBus.Build.dll",
            "buildTransitive/EventBus.Postgres.props",
            "buildTransitive/EventBus.Postgres.targets",
            "lib/net10.0/EventBus.dll",
            "lib/net10.0/EventBus.xml",
            .. pages,
            "sql/grants.sql",
        ];

        Assert.Equal(files.Order(StringComparer.Ordinal), packed.Package.Names);
    }

    [Fact]
    public void Symbol_package_contains_the_symbols_of_the_library() =>
        Assert.Equal(["EventBus.Postgres.nuspec", "lib/net10.0/EventBus.pdb"], packed.Symbols.Names);

    [Fact]
    public void Package_depends_on_Npgsql_and_abstractions_only() => Assert.Equal(
        [
            "Microsoft.Extensions.Diagnostics.HealthChecks",
            "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Options.ConfigurationExtensions",
            "Npgsql",
        ],
        packed.Package.ReadNuspec().Descendants("dependency").Select(static dependency => dependency.Attribute("id")!.Value));

    [Fact]
    public void Package_is_for_one_framework() =>
        Assert.Equal("net10.0", Assert.Single(packed.Package.ReadNuspec().Descendants("group")).Attribute("targetFramework")!.Value);

    [Fact]
    public void Package_has_a_description_a_licence_and_the_commit_it_was_built_from()
    {
        var nuspec = packed.Package.ReadNuspec();

        Assert.Equal("README.md", nuspec.Element("readme")!.Value);
        Assert.Equal("MIT", nuspec.Element("license")!.Value);
        Assert.NotEmpty(nuspec.Element("description")!.Value);
        Assert.Equal("git", nuspec.Element("repository")!.Attribute("type")!.Value);
        Assert.Matches("^[0-9a-f]{40}$", nuspec.Element("repository")!.Attribute("commit")!.Value);
    }
}
