using System.Text.Json;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>Starts the commands in order, and writes the result of each when it is complete: a slow command delays no other.</summary>
internal sealed class CommandLoop(TextReader input, IMember member, Results results, Reports reports)
{
    private const int LeastPruning = 64;

    private readonly List<Task> _open = [];
    private int _pruneAt = LeastPruning;

    /// <returns>The <c>stop</c> command, still without a result; null if the input ended.</returns>
    public async Task<Command?> RunAsync()
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (Parse(line) is not { } command)
                continue;
            if (command.IsStop)
                return command;
            Track(ExecuteAsync(command));
        }

        return null;
    }

    /// <summary>Completes when every started command has its result.</summary>
    public Task WhenCompletedAsync() => Task.WhenAll(_open);

    private Command? Parse(string line)
    {
        try
        {
            return Command.Parse(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name has half a surrogate pair.
            reports.Error($"This line is not a command: {exception.Message}");
            return null;
        }
    }

    private async Task ExecuteAsync(Command command)
    {
        try
        {
            results.Succeeded(command.Id, await member.StartAsync(command));
        }
        catch (Exception exception) // Any exception is the result of the command.
        {
            results.Failed(command.Id, exception);
        }
    }

    private void Track(Task execution)
    {
        _open.Add(execution);
        if (_open.Count < _pruneAt)
            return;
        _open.RemoveAll(static task => task.IsCompleted);
        _pruneAt = Math.Max(LeastPruning, _open.Count * 2);
    }
}
