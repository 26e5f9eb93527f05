using System.Text;
using System.Text.RegularExpressions;

namespace EventBus.PackageTests;

/// <summary>The public address of the repository, and the package while there is none.</summary>
public sealed partial class AddressTests(PackedFixture packed) : IDisposable
{
    private const string Address = "https://example.org/eventbus";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventbus-address-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_an_address_links_of_the_readme_lead_to_files_in_the_package()
    {
        var package = await packed.PackAsync(_folder.FullName, "RepositoryUrl=");

        Assert.Null(package.ReadNuspec().Element("projectUrl"));
        Assert.Null(package.ReadNuspec().Element("repository")!.Attribute("url"));
        var links = FileLinks(package);
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, package.Names));
    }

    [Fact]
    public async Task With_an_address_links_of_the_readme_lead_to_the_repository()
    {
        var package = await packed.PackAsync(_folder.FullName, $"RepositoryUrl={Address}");

        Assert.Equal(Address, package.ReadNuspec().Element("projectUrl")!.Value);
        Assert.Equal(Address, package.ReadNuspec().Element("repository")!.Attribute("url")!.Value);
        Assert.Empty(FileLinks(package));
        Assert.Contains($"({Address}/blob/main/docs/rules/README.md)", Readme(package), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_is_that_of_the_repository_except_for_its_links()
    {
        var package = await packed.PackAsync(_folder.FullName, $"RepositoryUrl={Address}");

        var readme = await File.ReadAllTextAsync(Path.Combine(Metadata.Root, "README.md"));
        Assert.Equal(readme.TrimEnd(), Readme(package).Replace($"{Address}/blob/main/", "", StringComparison.Ordinal).TrimEnd());
    }

    private static string Readme(PackageFile package) => Encoding.UTF8.GetString(package.Read("README.md")).TrimStart('\uFEFF');

    /// <summary>The links that are relative to the README.</summary>
    private static IEnumerable<string> FileLinks(PackageFile package) =>
        from Match match in Links().Matches(Readme(package))
        let link = match.Groups[1].Value
        where !link.StartsWith("http", StringComparison.Ordinal)
        select link;

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Links();
}
