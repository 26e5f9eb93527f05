using System.Diagnostics;

namespace EventBus.PackageTests;

/// <summary>
/// Runs the <c>dotnet</c> command as a user does: without the variables that a test run adds to the environment. Leaves no process behind.
/// </summary>
internal static class DotNet
{
    public static async Task<Outcome> RunAsync(string directory, string packageFolder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var inherited = start.Environment.Keys.Where(static name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase));
        foreach (var name in inherited.ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["NUGET_PACKAGES"] = packageFolder;

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, output + await errors);
    }

    /// <summary>The exit code of a command and its output.</summary>
    internal sealed record Outcome(int ExitCode, string Output)
    {
        /// <summary>The output; fails the test if the command failed.</summary>
        public string Succeeded()
        {
            Assert.True(ExitCode == 0, Output);
            return Output;
        }
    }
}
