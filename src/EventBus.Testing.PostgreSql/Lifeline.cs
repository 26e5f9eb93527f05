using System.Diagnostics;

namespace EventBus.Testing;

/// <summary>
/// A shell that waits for the end of its standard input and then cleans up: when the lifeline is disposed, and also when this process
/// dies, even if it is killed.
/// </summary>
internal sealed class Lifeline : IAsyncDisposable
{
    private readonly Process _shell;

    private Lifeline(Process shell) => _shell = shell;

    /// <param name="prefix">The command that starts the shell, such as <c>setpriv …</c>.</param>
    /// <param name="cleanUp">The shell script that cleans up.</param>
    /// <param name="arguments">The script's arguments, <c>$1</c> and on.</param>
    public static Lifeline Start(IReadOnlyList<string> prefix, string cleanUp, params IReadOnlyList<string> arguments)
    {
        string[] command = [.. prefix, "/bin/sh", "-c", $"trap '' HUP INT TERM; cat >/dev/null; {cleanUp}", "lifeline", .. arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, WorkingDirectory = "/" };
        return new Lifeline(Process.Start(start) ?? throw new InvalidOperationException("The shell that cleans up did not start."));
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync().ConfigureAwait(false);
        _shell.Dispose();
    }
}
