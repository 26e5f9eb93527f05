using EventBus.PackageTests;

[assembly: AssemblyFixture(typeof(PackedFixture))]

namespace EventBus.PackageTests;

/// <summary>Packs the packages once for all tests, into a folder that is deleted afterwards.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventbus-package-");

    /// <summary>A version that no other package has, so that none that was restored before is taken instead.</summary>
    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    /// <summary>A folder that is a package source.</summary>
    public string Source => _folder.FullName;

    internal PackageFile Package => new(Path.Combine(Source, $"EventBus.Postgres.{Version}.nupkg"));

    internal PackageFile MessagePackPackage => new(Path.Combine(Source, $"EventBus.MessagePack.{Version}.nupkg"));

    internal PackageFile EntityFrameworkCorePackage => new(Path.Combine(Source, $"EventBus.EntityFrameworkCore.{Version}.nupkg"));

    internal PackageFile Symbols => new(Path.Combine(Source, $"EventBus.Postgres.{Version}.snupkg"));

    public async ValueTask InitializeAsync()
    {
        await PackAsync("EventBus.Postgres", Source, []);
        await PackAsync("EventBus.MessagePack", Source, []);
        await PackAsync("EventBus.EntityFrameworkCore", Source, []);
    }

    /// <summary>Packs the package of the library with other properties, into another folder.</summary>
    internal Task<PackageFile> PackAsync(string folder, params IEnumerable<string> properties) =>
        PackAsync("EventBus.Postgres", folder, properties);

    private async Task<PackageFile> PackAsync(string id, string folder, IEnumerable<string> properties)
    {
        string[] command = ["pack", "--no-build", "--nologo", "--configuration", Metadata.Configuration, "--output", folder];
        var directory = Path.Combine(Metadata.Root, "src", id == "EventBus.Postgres" ? "EventBus" : id);
        var arguments = properties.Append($"MinVerVersionOverride={Version}").Select(static property => $"-p:{property}");
        var packed = await DotNet.RunAsync(directory, Metadata.PackageFolder, [.. command, .. arguments]);
        packed.Succeeded();
        return new PackageFile(Path.Combine(folder, $"{id}.{Version}.nupkg"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
