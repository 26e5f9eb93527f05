using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.Pages;

/// <summary>
/// An example of a page: a C# file and the files of a contract lock. Marks name the rule that reports a line: <c>// EVB1001</c> in C#, and
/// <c>← EVB1041</c> in a lock.
/// </summary>
internal sealed partial class PageExample(string code, IReadOnlyDictionary<string, string> lockFiles)
{
    private const string CodeFile = "Example.cs";

    // One line in front of the example.
    private const string Usings =
        "using EventBus; using EventBus.Hosting; using EventBus.Serialization; using Npgsql; "
        + "using Microsoft.Extensions.DependencyInjection; "
        + "using System.ComponentModel.DataAnnotations; using System.IO; using System.Runtime.Serialization; "
        + "using System.Text.Json.Serialization; using CommunityToolkit.Mvvm.ComponentModel; using Context; "
        + "using Microsoft.AspNetCore.Builder; using static Ambient;\n";

    /// <summary>The places with a mark of the rule, as <c>Example.cs:3</c>.</summary>
    public IEnumerable<string> Marked(string id) =>
        lockFiles.SelectMany(file => Marked(file.Key, file.Value, $"← {id}")).Concat(Marked(CodeFile, code, $"// {id}"));

    private static IEnumerable<string> Marked(string file, string text, string mark) =>
        Lines(text).Where(line => line.Text.Contains(mark, StringComparison.Ordinal)).Select(line => $"{file}:{line.Number}");

    /// <summary>The places that the analyzer reports.</summary>
    public async Task<IEnumerable<string>> ReportedAsync(DiagnosticAnalyzer analyzer, string id)
    {
        // A rule that is reported once per project is reported in the example, which comes first.
        var compilation = Analysis.Compile(Sources(id).Reverse(), OutputKind.ConsoleApplication, PageContext.Version(id));
        var example = compilation.SyntaxTrees.Single(tree => tree.ToString().StartsWith(Usings, StringComparison.Ordinal));
        var diagnostics = await Analysis.AnalyzeAsync(
            analyzer,
            compilation,
            new AnalyzerOptions([.. lockFiles.Select(static file => new Analysis.Text(file.Key, Marks().Replace(file.Value, "")))]));
        return from diagnostic in diagnostics
               where diagnostic.Id == id && (diagnostic.Location.SourceTree is null || diagnostic.Location.SourceTree == example)
               let place = diagnostic.Location.GetLineSpan()
               let line = place.StartLinePosition.Line
               select diagnostic.Location.SourceTree is null ? $"{place.Path}:{line + 1}" : $"{CodeFile}:{line}";
    }

    /// <summary>Whether the example has C#, not only files of a contract lock.</summary>
    public bool HasCode => code.Length > 0;

    /// <summary>The C# of the example with all its context.</summary>
    public IReadOnlyList<string> Sources(string id) => [PageContext.Source, PageContext.Ambient(id), Usings + code];

    private static IEnumerable<(int Number, string Text)> Lines(string text) =>
        text.Split('\n').Index().Select(static line => (line.Index + 1, line.Item));

    // The note beside a line of a page is no part of the file.
    [GeneratedRegex(" +(← EVB.*|good)$", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
