using System.Text.RegularExpressions;

namespace EventBus.DocsTests.Pages;

/// <summary>The tests that a page names: <c>`SomeTests.Method_condition_result`</c>.</summary>
internal static partial class NamedTests
{
    /// <summary>Requires that a text names at least one test, and that all of them exist.</summary>
    public static void AssertExist(string text)
    {
        var tests = Test().Matches(text);
        Assert.NotEmpty(tests);
        Assert.All(tests, static test => Assert.True(Exists(test.Groups["class"].Value, test.Groups["method"].Value), test.Value));
    }

    private static bool Exists(string className, string method) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), $"{className}.cs", SearchOption.AllDirectories)
        .Any(file => Method(method).IsMatch(File.ReadAllText(file)));

    private static Regex Method(string name) =>
        new($@"\[(Fact|Theory)[^\n]*\n(\s*\[[^\n]*\n)*\s*public (async )?\w+ {name}\(", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex Test();
}
