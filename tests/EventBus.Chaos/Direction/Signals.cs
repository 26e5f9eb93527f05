using System.Diagnostics;
using System.Globalization;

namespace EventBus.Chaos.Direction;

/// <summary>Sends signals to processes of this program and of its server.</summary>
internal static class Signals
{
    public static async Task SendAsync(string signal, int processId)
    {
        string[] arguments = ["-s", signal, processId.ToString(CultureInfo.InvariantCulture)];
        using var kill = Process.Start(new ProcessStartInfo("kill", arguments))
            ?? throw new InvalidOperationException("'kill' did not start.");
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"kill -s {signal} {processId} ended with {kill.ExitCode}.");
    }
}
