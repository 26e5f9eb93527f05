using System.Reflection;

namespace EventBus.Generators.Tests.Snapshots;

/// <summary>A folder with a source and the files that are emitted for it.</summary>
internal sealed class SnapshotCase(string name)
{
    private static readonly string Root = Path.Combine(
        typeof(SnapshotCase).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ProjectDirectory").Value!,
        "Snapshots",
        "Cases");

    public static IEnumerable<string> Names => Directory.GetDirectories(Root).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private string Folder => Path.Combine(Root, name);

    public string Source => File.ReadAllText(Path.Combine(Folder, "Source.cs"));

    /// <summary>The accepted files by name.</summary>
    public IReadOnlyDictionary<string, string> Accepted => Directory.GetFiles(Folder, "*.g.cs").ToDictionary(
        static path => Path.GetFileName(path), static path => File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal));

    public void Accept(IReadOnlyDictionary<string, string> files)
    {
        foreach (var path in Directory.GetFiles(Folder, "*.g.cs"))
            File.Delete(path);
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Combine(Folder, file), text);
    }
}
