using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EventBus.InteropTests.Harness;

/// <summary>A child process with a line protocol.</summary>
internal sealed class LineProcess : ILineDriven
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task _readingErrors;
    private bool _isDisposed;

    private LineProcess(Process process, ReportLog? reports)
    {
        _process = process;
        Lines = new LineConnection(process.StandardInput, process.StandardOutput, reports, DescribeEnd);
        _readingErrors = ReadErrorsAsync();
    }

    public LineConnection Lines { get; }

    /// <summary>Its standard error. It is complete when the process has ended.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a process.</summary>
    /// <param name="program">The program, which is found on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="reports">The log of its reports; null: a new one.</param>
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
        return new LineProcess(Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start."), reports);
    }

    /// <summary>Waits for <c>ready</c>, and ends the process if that fails.</summary>
    public async Task<LineProcess> WhenReadyAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Lines.Reports.WaitForAsync("ready", cancellationToken: cancellationToken);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it, and waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        await Lines.SendAsync("stop", cancellationToken: cancellationToken);
        return await WaitForExitAsync(cancellationToken);
    }

    /// <returns>Its exit code, when it has ended by itself.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await Task.WhenAll(Lines.Ended, _readingErrors).WaitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public Task WaitForEndAsync(CancellationToken cancellationToken) => WaitForExitAsync(cancellationToken);

    public ValueTask CrashAsync() => DisposeAsync();

    /// <summary>Ends the process, by its id, if it has not ended by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            _process.Kill();
        await WaitForExitAsync();
        _process.Dispose();
        Lines.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
                _errors.Append(line).Append('\n');
        }
    }

    private string DescribeEnd() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The process {_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} has ended. {Errors}");
}
