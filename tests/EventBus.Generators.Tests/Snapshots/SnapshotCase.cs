namespace EventBus.Generators.Tests.Snapshots;

/// <summary>A folder with a source and the files that are emitted for it.</summary>
internal sealed class SnapshotCase(string name)
{
    private static readonly string Root = Path.Combine(SnapshotFolder.Project, "Snapshots", "Cases");

    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Root).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public string Source => File.ReadAllText(Path.Combine(Root, name, "Source.cs"));

    public SnapshotFolder Emitted => new(Path.Combine(Root, name));
}
