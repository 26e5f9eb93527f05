using System.Globalization;
using System.Text.RegularExpressions;

namespace EventBus.Tests.Architecture;

/// <summary>
/// The limits that keep the source tree readable. If a limit is exceeded, merge or split files so that each has one idea. Do not raise it.
/// </summary>
public sealed partial class ShapeTests
{
    private const int ShortFile = 20, FilesPerFolder = 40, Columns = 140, TestName = 80;

    private const double ShortFiles = 0.15;

    [Fact]
    public void Library_has_few_files_of_20_lines_or_fewer()
    {
        var files = SourceTree.Of("src/EventBus");
        var shorts = files.Where(static file => file.Lines.Length <= ShortFile).Select(static file => file.Path).ToArray();

        Assert.InRange(files.Count, 100, 400);
        var share = (double)shorts.Length / files.Count;
        Assert.True(
            share <= ShortFiles,
            string.Create(CultureInfo.InvariantCulture, $"{shorts.Length} of {files.Count} ({share:P0}):\n{string.Join('\n', shorts)}"));
    }

    [Fact]
    public void Folders_of_the_library_have_at_most_40_files()
    {
        var folders = SourceTree.Of("src/EventBus").CountBy(static file => file.Path[..file.Path.LastIndexOf('/')]);

        AssertNone(folders
            .Where(static folder => folder.Value > FilesPerFolder)
            .Select(static folder => $"{folder.Key}: {folder.Value} files"));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Lines_have_at_most_140_columns(string folder)
    {
        AssertNone(SourceTree.Of(folder).SelectMany(static file => file.Lines
            .Select((line, index) => (line.Length, Place: $"{file.Path}:{index + 1}"))
            .Where(static line => line.Length > Columns)
            .Select(static line => $"{line.Place}: {line.Length} columns")));
    }

    [Fact]
    public void Names_of_tests_have_at_most_80_characters()
    {
        var names = SourceTree.Of("tests")
            .SelectMany(static file => file.Lines)
            .Select(static line => TestMethod().Match(line).Groups["name"].Value)
            .Where(static name => name.Length > 0)
            .ToArray();

        Assert.Contains(nameof(Names_of_tests_have_at_most_80_characters), names);
        AssertNone(names.Where(static name => name.Length > TestName));
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var found = faults.ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"^\s+public (async )?(void|Task|ValueTask) (?<name>\w+_\w+)\(")]
    private static partial Regex TestMethod();
}
