using EventBus.PackageTests;

[assembly: AssemblyFixture(typeof(PackedFixture))]

namespace EventBus.PackageTests;

/// <summary>The package, packed once for all tests into a folder that is gone afterwards.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventbus-package-");

    /// <summary>No other package has this version, so none that was restored before can stand in for it.</summary>
    public string Version { get; } = $"{Metadata.PackageVersion}-test.{Guid.NewGuid():N}";

    /// <summary>A folder that is a package source.</summary>
    public string Source => _folder.FullName;

    internal PackageFile Package => new(Path.Combine(Source, $"EventBus.{Version}.nupkg"));

    internal PackageFile Symbols => new(Path.Combine(Source, $"EventBus.{Version}.snupkg"));

    public async ValueTask InitializeAsync()
    {
        var packed = await DotNet.RunAsync(
            Path.Combine(Metadata.Root, "src", "EventBus"), Metadata.PackageFolder,
            "pack", "--no-build", "--nologo", "--configuration", Metadata.Configuration, "--output", Source, $"-p:PackageVersion={Version}");
        packed.Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
