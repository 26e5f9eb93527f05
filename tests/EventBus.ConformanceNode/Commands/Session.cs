using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>
/// Runs a member: reports that it is ready, executes commands until <c>stop</c> or the end of the input, and disposes it.
/// </summary>
internal static class Session
{
    public static async Task RunAsync(TextReader input, LineWriter lines, Reports reports, IMember member)
    {
        reports.Ready(member.Uid);
        var results = new Results(lines);
        var loop = new CommandLoop(input, member, results, reports);
        var stop = await loop.RunAsync();
        await member.DisposeAsync();
        await loop.WhenCompletedAsync();
        if (stop is not null)
            results.Succeeded(stop.Id, null);
    }
}
