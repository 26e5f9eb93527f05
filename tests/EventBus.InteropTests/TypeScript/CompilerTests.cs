using System.Diagnostics;
using System.Text.RegularExpressions;
using EventBus.InteropTests.Docs;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.TypeScript;

/// <summary>
/// The TypeScript compiler accepts exactly those clients and servers that follow the definitions which this build wrote for its contracts.
/// </summary>
public sealed class CompilerTests
{
    private const string Mark = "// @ts-expect-error";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EventBus.InteropTests", "node", "typescript");

    [Fact(Timeout = 120_000)]
    public async Task Programs_compile_only_if_they_follow_the_contracts()
    {
        Assert.SkipWhen(NodeProgram.Missing is not null, NodeProgram.Missing ?? "");

        var mustFail = new List<string>();
        Directory.CreateDirectory(Path.Combine(Folder, "obj"));
        foreach (var program in Directory.EnumerateFiles(Folder, "*.ts"))
        {
            var name = $"obj/{Path.GetFileName(program)}";
            var lines = await File.ReadAllLinesAsync(program, TestContext.Current.CancellationToken);
            mustFail.AddRange(
                lines.Index()
                    .Where(static line => line.Item.Contains(Mark, StringComparison.Ordinal))
                    .Select(line => $"{name}:{line.Index + 2}"));
            await File.WriteAllLinesAsync(
                Path.Combine(Folder, name),
                lines.Select(
                    static line => line.Replace(Mark, "//", StringComparison.Ordinal)
                        .Replace("\"../../obj", "\"../../../obj", StringComparison.Ordinal)),
                TestContext.Current.CancellationToken);
        }

        // The programs compile unchanged. Without the marks, exactly the lines behind them are errors.
        var output = await CompileAsync();
        var failed = Regex.Matches(output, @"^(\S+)\((\d+),\d+\): error ", RegexOptions.Multiline)
            .Select(static error => $"{error.Groups[1].Value}:{error.Groups[2].Value}")
            .Distinct();
        Assert.NotEmpty(mustFail);
        Assert.Equal(mustFail.Order(StringComparer.Ordinal), failed.Order(StringComparer.Ordinal));
    }

    private static async Task<string> CompileAsync()
    {
        var start = new ProcessStartInfo(
            "node", [Path.Combine("..", "node_modules", "typescript", "bin", "tsc"), "--project", ".", "--pretty", "false"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
