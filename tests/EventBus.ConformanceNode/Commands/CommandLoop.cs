using System.Text.Json;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>Starts the commands in the order in which they come, and answers each when it is done: a slow one holds up no other.</summary>
internal sealed class CommandLoop(TextReader input, IMember member, Answers answers, Reports reports)
{
    private const int LeastPruning = 64;

    private readonly List<Task> _open = [];
    private int _pruneAt = LeastPruning;

    /// <returns>The <c>stop</c> that ended it, unanswered; null where the input ended.</returns>
    public async Task<Command?> RunAsync()
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (Parse(line) is not { } command)
                continue;
            if (command.IsStop)
                return command;
            Track(AnswerAsync(command));
        }

        return null;
    }

    /// <summary>Completes when every command that was started is answered.</summary>
    public Task WhenAnsweredAsync() => Task.WhenAll(_open);

    private Command? Parse(string line)
    {
        try
        {
            return Command.Parse(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // The latter for names that are no text.
        {
            reports.Error($"This line is no command: {exception.Message}");
            return null;
        }
    }

    private async Task AnswerAsync(Command command)
    {
        try
        {
            answers.Succeeded(command.Id, await member.StartAsync(command));
        }
        catch (Exception exception) // Whatever it is, it is the command's answer.
        {
            answers.Failed(command.Id, exception);
        }
    }

    private void Track(Task answering)
    {
        _open.Add(answering);
        if (_open.Count < _pruneAt)
            return;
        _open.RemoveAll(static task => task.IsCompleted);
        _pruneAt = Math.Max(LeastPruning, _open.Count * 2);
    }
}
