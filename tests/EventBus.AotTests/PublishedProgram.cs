using Npgsql;

namespace EventBus.AotTests;

/// <summary>
/// The program that is published: two nodes in memory, then a node over PostgreSQL against one of the driver. It prints its results and
/// the events that it sent, and then forwards events until its input ends.
/// </summary>
internal static class PublishedProgram
{
    public const string Name = "aot";

    /// <summary>Begins a line with events that were sent: the name of the suite, a tab and the events.</summary>
    public const string Sent = "sent: ";

    /// <summary>Follows the results.</summary>
    public const string Ready = "ready";

    public static async Task<int> RunAsync(string connectionString, string channelPrefix)
    {
        var report = new Report();
        foreach (var form in Enum.GetValues<Form>())
            await PlayInMemoryAsync(form, report);

        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var nodes = await NodePair.StartAsync(Backplane.Over(dataSource, channelPrefix), Name);
        await nodes.PlayAsync(Driver.Name, "AOT to JIT", report);
        foreach (var (name, events) in report.SentEvents)
            Console.WriteLine($"{Sent}{name}\t{events}");

        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        return report.HasFailed ? 1 : 0;
    }

    private static async Task PlayInMemoryAsync(Form form, Report report)
    {
        var cluster = Backplane.InMemory();
        await using var sender = await Node.StartAsync(cluster, "sender", form);
        await using var receiver = await Node.StartAsync(cluster, "receiver", form);
        await sender.PlayAsync("receiver", "in memory", report);
    }
}
