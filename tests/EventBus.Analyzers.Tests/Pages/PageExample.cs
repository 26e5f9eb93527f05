using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.Pages;

/// <summary>An example of a page: a file of C# and the files of a contract lock. Lines that a rule reports say so: <c>// EVB1001</c>, and <c>← EVB1041</c> in a lock.</summary>
internal sealed partial class PageExample(string code, IReadOnlyDictionary<string, string> lockFiles)
{
    private const string CodeFile = "Example.cs";

    // One line before the example's first.
    private const string Usings =
        "using EventBus; using EventBus.Hosting; using EventBus.Serialization; using Npgsql; using System.ComponentModel.DataAnnotations; using System.IO; using System.Runtime.Serialization;"
        + " using System.Text.Json.Serialization; using Context; using Microsoft.AspNetCore.Builder; using static Ambient;\n";

    /// <summary>The places that the rule is said to report, as <c>Example.cs:3</c>.</summary>
    public IEnumerable<string> Marked(string id) =>
        lockFiles.SelectMany(file => Lines(file.Value).Where(line => line.Text.Contains($"← {id}", StringComparison.Ordinal)).Select(line => $"{file.Key}:{line.Number}"))
            .Concat(Lines(code).Where(line => line.Text.Contains($"// {id}", StringComparison.Ordinal)).Select(static line => $"{CodeFile}:{line.Number}"));

    /// <summary>The places that the analyzer reports.</summary>
    public async Task<IEnumerable<string>> ReportedAsync(DiagnosticAnalyzer analyzer, string id)
    {
        var compilation = Analysis.Compile(Sources(id), OutputKind.ConsoleApplication);
        var example = compilation.SyntaxTrees.Single(tree => tree.ToString().StartsWith(Usings, StringComparison.Ordinal));
        var diagnostics = await Analysis.AnalyzeAsync(analyzer, compilation, new AnalyzerOptions([.. lockFiles.Select(static file => new Analysis.Text(file.Key, Marks().Replace(file.Value, "")))]));
        return from diagnostic in diagnostics
               where diagnostic.Id == id && (diagnostic.Location.SourceTree is null || diagnostic.Location.SourceTree == example)
               let place = diagnostic.Location.GetLineSpan()
               select diagnostic.Location.SourceTree is null ? $"{place.Path}:{place.StartLinePosition.Line + 1}" : $"{CodeFile}:{place.StartLinePosition.Line}";
    }

    /// <summary>Whether it is more than files of a contract lock.</summary>
    public bool HasCode => code.Length > 0;

    /// <summary>The C# of it with all that it needs.</summary>
    public IReadOnlyList<string> Sources(string id) => [PageContext.Source, PageContext.Ambient(id), Usings + code];

    private static IEnumerable<(int Number, string Text)> Lines(string text) => text.Split('\n').Index().Select(static line => (line.Index + 1, line.Item));

    // What a page says beside a line is no part of the file.
    [GeneratedRegex(" +(← EVB.*|good)$", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
