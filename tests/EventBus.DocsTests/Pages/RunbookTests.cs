using System.Globalization;
using System.Text.RegularExpressions;

namespace EventBus.DocsTests.Pages;

/// <summary>Each failure of docs/runbook.md has tests that provoke it, and names only logs, exceptions and counters that exist.</summary>
public sealed partial class RunbookTests
{
    private static readonly string[] Parts = ["Symptom", "Check", "Remedy", "Tests"];

    private static readonly string[] Sections =
        [.. File.ReadAllText(Repository.PathOf("docs/runbook.md")).Split("\n## ").Skip(1)];

    private static readonly string Source = string.Concat(
        Directory.EnumerateFiles(Repository.PathOf("src/EventBus"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void Sections_are_numbered_and_have_all_parts()
    {
        Assert.Equal(10, Sections.Length);
        Assert.All(Sections, static (section, index) =>
        {
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. "), section, StringComparison.Ordinal);
            Assert.All(Parts, part => Assert.Contains($"- **{part}:** ", section, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Sections_name_tests_that_exist() => Assert.All(
        Sections, static section => NamedTests.AssertExist(section[section.IndexOf("- **Tests:**", StringComparison.Ordinal)..]));

    [Fact]
    public void Logs_exceptions_counters_and_quoted_texts_are_those_of_the_code()
    {
        var text = string.Concat(Sections);
        AssertAll(LogId().Matches(text), static id => $"LoggerMessage({id},");
        AssertAll(ExceptionName().Matches(text), static name => $"class {name}(");
        AssertAll(CounterName().Matches(text), static name => $"\"{name}\"");
        AssertAll(Quoted().Matches(text), static quoted => quoted);
    }

    private static void AssertAll(MatchCollection found, Func<string, string> expect)
    {
        Assert.NotEmpty(found);
        Assert.All(found, match => Assert.Contains(expect(match.Groups["it"].Value), Source, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<=[Ll]ogs? [^.:`]*)\b(?<it>[1-3][0-9]{2})\b")]
    private static partial Regex LogId();

    [GeneratedRegex("`(?<it>[A-Za-z]+Exception)`")]
    private static partial Regex ExceptionName();

    [GeneratedRegex(@"`(?<it>eventbus\.[a-z.]+)`")]
    private static partial Regex CounterName();

    [GeneratedRegex("\"(?<it>[a-z ]{6,}[a-z])\"")]
    private static partial Regex Quoted();
}
