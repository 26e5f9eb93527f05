using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>A member's life on its lines: it is ready, carries out commands until <c>stop</c> or the end of its input, and drains.</summary>
internal static class Session
{
    public static async Task RunAsync(TextReader input, LineWriter lines, Reports reports, IMember member)
    {
        reports.Ready(member.Uid);
        var answers = new Answers(lines);
        var loop = new CommandLoop(input, member, answers, reports);
        var stop = await loop.RunAsync();
        await member.DisposeAsync();
        await loop.WhenAnsweredAsync();
        if (stop is not null)
            answers.Succeeded(stop.Id, null);
    }
}
