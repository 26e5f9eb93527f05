using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EventBus.Benchmarks.Reporting;

/// <summary>The circumstances of a measurement.</summary>
internal sealed record Machine(string Date, string Processors, string System, string Runtime, string Postgres, string Commit)
{
    public static Machine Describe(string postgresVersion) => new(
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        $"{Environment.ProcessorCount} × {FindProcessor()}",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        $"PostgreSQL {postgresVersion}",
        FindCommit());

    public override string ToString() => $"{Date}, commit {Commit}; {Processors}; {System}; {Runtime}; {Postgres}";

    private static string FindProcessor()
    {
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }

    /// <summary>The SDK writes the commit behind the version of the assembly.</summary>
    private static string FindCommit()
    {
        var version = typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Split('+') is [_, var commit] ? commit[..Math.Min(10, commit.Length)] : "unknown";
    }
}
