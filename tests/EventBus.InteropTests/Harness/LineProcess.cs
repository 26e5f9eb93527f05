using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Harness;

/// <summary>A child process driven by JSON lines: commands with an <c>id</c> go in, answers to them and reports come out.</summary>
internal sealed class LineProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _asked = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;
    private readonly Task _readingErrors;
    private long _lastId;

    private LineProcess(Process process, ReportLog reports)
    {
        _process = process;
        Reports = reports;
        _reading = ReadAsync();
        _readingErrors = ReadErrorsAsync();
    }

    /// <summary>What the process said unasked, in its order.</summary>
    public ReportLog Reports { get; }

    /// <summary>What it wrote to its standard error; complete when it has ended.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a process.</summary>
    /// <param name="program">The program, found on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="reports">Where its reports go; null: a log of its own.</param>
    public static LineProcess Start(string program, IEnumerable<string> arguments, ReportLog? reports = null)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        return new LineProcess(Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start."), reports ?? new ReportLog());
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="CommandFailedException">The process answered with an error, or ended before it answered.</exception>
    public async Task<JsonElement> AskAsync(string op, JsonObject? fields = null, CancellationToken cancellationToken = default)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        var command = fields is null ? [] : (JsonObject)fields.DeepClone();
        command["id"] = id;
        command["op"] = op;
        await WriteLineAsync(command.ToJsonString(), cancellationToken);
        if (_reading.IsCompleted)
            FailAsked();
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes one line as it is, well-formed or not.</summary>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteAsync($"{line}\n".AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It has ended: whoever waits for an answer learns that from the end of its output.
            await _reading;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <returns>Its exit code, once it has ended by itself.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await Task.WhenAll(_reading, _readingErrors).WaitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends the process, by its id, if it has not ended by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await WaitForExitAsync();
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            using var document = JsonDocument.Parse(text);
            var line = document.RootElement.Clone();
            if (!line.TryGetProperty("id", out var id))
                Reports.Add(line);
            else if (id.ValueKind == JsonValueKind.Number && _asked.TryRemove(id.GetInt64(), out var answer))
                Complete(answer, line);
            else
                Reports.AddAnswer(line);
        }

        FailAsked();
        Reports.End(Describe());
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
                _errors.Append(line).Append('\n');
        }
    }

    private static void Complete(TaskCompletionSource<JsonElement> answer, JsonElement line)
    {
        if (line.GetProperty("ok").GetBoolean())
        {
            answer.SetResult(line.TryGetProperty("result", out var result) ? result : default);
            return;
        }

        var error = line.GetProperty("error");
        answer.SetException(new CommandFailedException(error.GetProperty("type").GetString()!, error.GetProperty("message").GetString()!));
    }

    private void FailAsked()
    {
        foreach (var id in _asked.Keys)
        {
            if (_asked.TryRemove(id, out var answer))
                answer.SetException(new CommandFailedException("Ended", Describe()));
        }
    }

    private string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"The process {_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} has ended. {Errors}");
}
