using EventBus.PackageTests;

[assembly: AssemblyFixture(typeof(PackedFixture))]

namespace EventBus.PackageTests;

/// <summary>Packs the package once for all tests, into a folder that is deleted afterwards.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventbus-package-");

    /// <summary>A version that no other package has, so that none that was restored before is taken instead.</summary>
    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    /// <summary>A folder that is a package source.</summary>
    public string Source => _folder.FullName;

    internal PackageFile Package => new(Path.Combine(Source, $"EventBus.{Version}.nupkg"));

    internal PackageFile Symbols => new(Path.Combine(Source, $"EventBus.{Version}.snupkg"));

    public async ValueTask InitializeAsync() => await PackAsync(Source);

    /// <summary>Packs the package with other properties, into another folder.</summary>
    internal async Task<PackageFile> PackAsync(string folder, params IEnumerable<string> properties)
    {
        string[] command = ["pack", "--no-build", "--nologo", "--configuration", Metadata.Configuration, "--output", folder];
        var directory = Path.Combine(Metadata.Root, "src", "EventBus");
        var arguments = properties.Append($"MinVerVersionOverride={Version}").Select(static property => $"-p:{property}");
        var packed = await DotNet.RunAsync(directory, Metadata.PackageFolder, [.. command, .. arguments]);
        packed.Succeeded();
        return new PackageFile(Path.Combine(folder, $"EventBus.{Version}.nupkg"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
