using System.Reflection;

namespace EventBus.Tests.Architecture;

/// <summary>The C# files of the checkout that the tests were built from, without generated files.</summary>
internal static class SourceTree
{
    /// <summary>The root folder of the checkout.</summary>
    public static string Root { get; } = typeof(SourceTree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Root").Value!;

    /// <summary>The files below a folder by their paths from the root, with slashes.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> Of(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(IsWritten)
            .Order(StringComparer.Ordinal);
        return [.. files.Select(static file => (file, File.ReadAllLines(Path.Combine(Root, file))))];
    }

    private static bool IsWritten(string path) =>
        !path.EndsWith(".g.cs", StringComparison.Ordinal) && !path.Split('/').Intersect(["bin", "obj", "node_modules"]).Any();
}
