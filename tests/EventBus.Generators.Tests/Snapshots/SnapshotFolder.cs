using System.Reflection;
using System.Text.RegularExpressions;

namespace EventBus.Generators.Tests.Snapshots;

/// <summary>A folder with the accepted emitted files.</summary>
internal sealed partial class SnapshotFolder(string path)
{
    /// <summary>Set to 1 to accept the emitted files as the new snapshots. Read the difference before you commit it.</summary>
    private const string AcceptVariable = "EVENTBUS_ACCEPT_SNAPSHOTS";

    /// <summary>Whether the present results become the accepted ones.</summary>
    public static bool IsAccepting => Environment.GetEnvironmentVariable(AcceptVariable) == "1";

    private static readonly string[] Patterns = ["*.g.cs", "*.d.ts"];

    public static string Project { get; } =
        typeof(SnapshotFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "ProjectDirectory").Value!;

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Project, "..", ".."));

    private IEnumerable<string> Files => Patterns.SelectMany(pattern => Directory.GetFiles(path, pattern));

    /// <summary>Fails unless the folder has these files and no others.</summary>
    public void Verify(IReadOnlyDictionary<string, string> files)
    {
        files = files.ToDictionary(static file => file.Key, static file => Version().Replace(file.Value, "\"0.1.0\""));
        if (IsAccepting)
            Accept(files);

        var accepted = Files.ToDictionary(
            static path => Path.GetFileName(path), static path => File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(accepted.Keys.Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(accepted[file.Key], file.Value));
    }

    // The version of the generator comes from the tags of the repository.
    [GeneratedRegex("(?<=GeneratedCode\\(\"EventBus.Generators\", )\"[^\"]+\"")]
    private static partial Regex Version();

    private void Accept(IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(path);
        foreach (var file in Files.ToArray())
            File.Delete(file);
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Combine(path, file), text);
    }
}
