using System.ComponentModel;
using System.Diagnostics;

namespace EventBus.Tests.Serialization.Independent;

/// <summary>
/// An independent implementation in another language, which reads one request per line. The test is skipped if it is not installed.
/// </summary>
internal static class IndependentProgram
{
    private static readonly string Folder = FindFolder();

    public static Task<string[]> AskNodeAsync(string what, IEnumerable<string> questions)
    {
        if (what is "encode" or "reencode" or "decode" or "return")
            Assert.SkipUnless(
                Directory.Exists(Path.Combine(Folder, "node_modules", "@msgpack")), "npm ci was not run in Serialization/Independent.");
        return AskAsync("node", ["node.mjs", what], questions);
    }

    public static async Task<string[]> AskPythonAsync(IEnumerable<string> questions)
    {
        const string Python = "/usr/bin/python3";
        var (exitCode, _) = await RunAsync(Python, ["-c", "import msgpack"], []);
        Assert.SkipUnless(exitCode == 0, "Python's msgpack is not installed (Debian: python3-msgpack).");
        return await AskAsync(Python, ["reencode.py"], questions);
    }

    private static async Task<string[]> AskAsync(string program, string[] arguments, IEnumerable<string> questions)
    {
        var lines = questions.ToArray();
        var (exitCode, answers) = await RunAsync(program, arguments, lines);
        Assert.Equal(0, exitCode);
        Assert.Equal(lines.Length, answers.Length);
        return answers;
    }

    private static async Task<(int ExitCode, string[] Answers)> RunAsync(string program, string[] arguments, string[] lines)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var line in lines)
            await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        var answers = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, answers);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{start.FileName} is not installed.");
            throw;
        }
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EventBus.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "tests", "EventBus.Tests", "Serialization", "Independent");
    }
}
