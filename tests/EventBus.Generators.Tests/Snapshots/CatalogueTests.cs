using EventBus.Generators.Tests.TypeScript;

namespace EventBus.Generators.Tests.Snapshots;

/// <summary>The emitted files of <c>samples/Catalogue</c> are in the repository for readers, and current.</summary>
public sealed class CatalogueTests
{
    private const string AssemblyName = "EventBus.Samples.Catalogue";

    private static readonly SnapshotFolder Emitted = new(Path.Combine(SnapshotFolder.Repository, "samples", "Catalogue", "Emitted"));

    private static string[] Sources =>
    [
        "global using System.Linq; global using System.Threading;",
        .. new[] { "Caching", "Chat", "Games", "Orders", "Telemetry" }
            .SelectMany(
                static folder => Directory.EnumerateFiles(Path.Combine(SnapshotFolder.Repository, "samples", "Catalogue", folder), "*.cs"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    [Fact]
    public void Emitted_files_of_the_catalogue_are_current()
    {
        var run = GeneratorRun.Of(GeneratorRun.Compile(Sources).WithAssemblyName(AssemblyName));
        var files = run.Files.ToDictionary();
        Assert.Equal(20, run.Result.Results.Single().GeneratedSources.Count(
            static file => file.SourceText.ToString().Contains("Contract.Define<", StringComparison.Ordinal)));

        files.Add("contracts.d.ts", TypeScriptRun.Of(GeneratorRun.Compile(Sources).WithAssemblyName(AssemblyName)));
        Emitted.Verify(files);
    }
}
