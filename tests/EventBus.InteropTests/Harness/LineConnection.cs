using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Harness;

/// <summary>The line protocol of a driven program: commands with an <c>id</c> go in; results and reports come out.</summary>
internal sealed class LineConnection : IDisposable
{
    private readonly TextWriter _input;
    private readonly TextReader _output;
    private readonly Func<string> _describeEnd;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _open = [];
    private readonly SemaphoreSlim _writing = new(1);
    private long _lastId;

    /// <param name="input">Receives the commands.</param>
    /// <param name="output">Supplies the results and reports.</param>
    /// <param name="reports">The log of its reports; null: a new one.</param>
    /// <param name="describeEnd">Describes the reason to commands that still wait when the output has ended.</param>
    public LineConnection(TextWriter input, TextReader output, ReportLog? reports, Func<string> describeEnd)
    {
        _input = input;
        _output = output;
        _describeEnd = describeEnd;
        Reports = reports ?? new ReportLog();
        Ended = ReadAsync();
    }

    /// <summary>The reports, in their order.</summary>
    public ReportLog Reports { get; }

    /// <summary>Completes with the end of the output.</summary>
    public Task Ended { get; }

    /// <summary>Sends a command and waits for its result.</summary>
    /// <exception cref="CommandFailedException">The result was an error, or the output ended before it.</exception>
    public async Task<JsonElement> SendAsync(string op, JsonObject? fields = null, CancellationToken cancellationToken = default)
    {
        var id = Interlocked.Increment(ref _lastId);
        var completion = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[id] = completion;
        var command = fields is null ? [] : (JsonObject)fields.DeepClone();
        command["id"] = id;
        command["op"] = op;
        await WriteLineAsync(command.ToJsonString(), cancellationToken);
        if (Ended.IsCompleted)
            FailOpen();
        return await completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes one line unchanged, well-formed or not.</summary>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _input.WriteAsync($"{line}\n".AsMemory(), cancellationToken);
            await _input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The program reads no more. Commands that wait for a result end with its output.
            await Ended;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the input.</summary>
    public void CloseInput() => _input.Close();

    public void Dispose() => _writing.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            while (await _output.ReadLineAsync() is { } text)
                Accept(text);
        }
        finally
        {
            FailOpen();
            Reports.End(_describeEnd());
        }
    }

    private void Accept(string text)
    {
        using var document = JsonDocument.Parse(text);
        var line = document.RootElement.Clone();
        if (line.TryGetProperty("event", out _)) // A lost attachment has an id, too.
            Reports.Add(line);
        else if (line.GetProperty("id") is { ValueKind: JsonValueKind.Number } id
            && id.TryGetInt64(out var number)
            && _open.TryRemove(number, out var completion))
            Complete(completion, line);
        else
            Reports.AddResult(line);
    }

    private static void Complete(TaskCompletionSource<JsonElement> completion, JsonElement line)
    {
        if (line.GetProperty("ok").GetBoolean())
        {
            completion.SetResult(line.TryGetProperty("result", out var result) ? result : default);
            return;
        }

        var error = line.GetProperty("error");
        var (type, message) = (error.GetProperty("type").GetString()!, error.GetProperty("message").GetString()!);
        completion.SetException(new CommandFailedException(type, message));
    }

    private void FailOpen()
    {
        foreach (var id in _open.Keys)
        {
            if (_open.TryRemove(id, out var completion))
                completion.SetException(new CommandFailedException("Ended", _describeEnd()));
        }
    }
}
