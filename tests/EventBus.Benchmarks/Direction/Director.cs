using System.Runtime.InteropServices;
using EventBus.Benchmarks.Groups;
using EventBus.Benchmarks.Reporting;

namespace EventBus.Benchmarks.Direction;

/// <summary>Starts the servers, measures the groups, and writes the report after each of them.</summary>
internal static class Director
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (DirectorOptions.TryParse(arguments) is not { } options)
            return Fail();

        using var stopping = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stopping));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stopping));
        var results = new List<GroupResult>();
        try
        {
            await using var stage = await Stage.StartAsync(stopping.Token);
            var report = new ReportFiles(options.Output, Machine.Describe(stage.PostgresVersion));
            var runner = new GroupRunner(stage, Console.Error);
            foreach (var group in options.Groups)
            {
                results.Add(await runner.RunAsync(group, options.Rounds, stopping.Token));
                report.Write(results);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Console.Error.WriteLine("The benchmark was interrupted; the report has the groups that were complete.");
            return 1;
        }

        Console.WriteLine(MarkdownReport.Describe(results));
        return results.Any(static result => result.Failures.Count > 0) ? 1 : 0;
    }

    /// <returns>The exit code for wrong arguments.</returns>
    public static int Fail()
    {
        Console.Error.WriteLine($"""
            Usage: EventBus.Benchmarks run [groups] [--rounds NUMBER] [--output DIRECTORY] [--only TEXT]
            Groups: {string.Join(' ', AllGroups.List.Select(static group => group.Name))}
            All of them are measured if none is given. --only measures the contenders whose name has the text.
            """);
        return 2;
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stopping)
    {
        context.Cancel = true;
        stopping.Cancel();
    }
}
