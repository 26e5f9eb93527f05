using System.Diagnostics;
using System.Text;
using EventBus.Testing;

namespace EventBus.AotTests;

/// <summary>
/// The JIT process: starts PostgreSQL, a node and the published program, prints the results of both, and compares the events that they
/// sent.
/// </summary>
internal static class Driver
{
    public const string Name = "jit";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string published)
    {
        var report = new Report();
        var channelPrefix = $"aot-{Guid.NewGuid():N}";
        await using var server = await PostgresServer.StartAsync();
        await using var dataSource = server.CreateDataSource();
        await using var nodes = await NodePair.StartAsync(Backplane.Over(dataSource, channelPrefix), Name);
        using var program = Start(published, server.ConnectionString, channelPrefix);

        var sent = await RelayAsync(program, report);
        await report.CheckAsync("the published program has played all events", () => Expect.True(sent is not null, "It ended early."));
        if (sent is not null)
        {
            var called = await nodes.PlayAsync(PublishedProgram.Name, "JIT to AOT", report);
            foreach (var (name, events) in report.SentEvents)
                await report.CheckAsync($"both sent the same: {name}", () => Expect.Equal(events, sent.GetValueOrDefault(name), "sent"));
            await report.CheckAsync("every event of every contract is played", () => ExpectAll(called));
        }

        program.StandardInput.Close();
        await report.CheckAsync("the published program ends with 0", () => EndAsync(program));
        Console.WriteLine(report.Sum);
        return report.HasFailed ? 1 : 0;
    }

    private static Process Start(string published, string connectionString, string channelPrefix) =>
        Process.Start(new ProcessStartInfo(published, [connectionString, channelPrefix])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;

    /// <summary>Prints the results of the published program.</summary>
    /// <returns>The events that it sent, by suite; null: it ended early.</returns>
    private static async Task<Dictionary<string, string>?> RelayAsync(Process program, Report report)
    {
        var sent = new Dictionary<string, string>();
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == PublishedProgram.Ready)
                return sent;
            if (line.StartsWith(PublishedProgram.Sent, StringComparison.Ordinal))
            {
                var parts = line[PublishedProgram.Sent.Length..].Split('\t', 2);
                sent.Add(parts[0], parts[1]);
            }
            else if (!report.TryAdd(line))
            {
                Console.WriteLine(line);
            }
        }

        return null;
    }

    private static async Task EndAsync(Process program)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await program.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
            throw;
        }

        Expect.Equal(0, program.ExitCode, "the exit code");
    }

    private static void ExpectAll(IEnumerable<string> called)
    {
        var methods = ContractCatalogue.ReadMethods(Path.Combine(AppContext.BaseDirectory, "EventBus.SampleContracts.dll"));
        Expect.Sequence([.. methods.Order(StringComparer.Ordinal)], [.. called.Order(StringComparer.Ordinal)], "the events");
    }
}
