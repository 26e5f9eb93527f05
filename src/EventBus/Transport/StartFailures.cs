using System.Net.Sockets;
using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport;

/// <summary>
/// The failures of a start that is repeated until it succeeds. It logs the first one, and then one after each pause, which grows, so that
/// the log shows the cause for as long as it lasts. A first cause that does not pass by itself is logged at once.
/// </summary>
/// <param name="diagnostics">The logger, and the error handler, which receives the first failure.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Logs a failure with the number of its attempt.</param>
internal sealed class StartFailures(
    BusDiagnostics diagnostics, TimeProvider time, Action<ILogger, LogLevel, int, string, Exception> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private int _attempts;
    private long _logged;
    private TimeSpan _pause = FirstPause;
    private LogLevel _highest;

    /// <summary>An attempt has failed. Attempts follow one another.</summary>
    public void Add(Exception failure)
    {
        var isFirst = ++_attempts == 1;
        var level = MayPass(failure) ? LogLevel.Warning : LogLevel.Error;
        if (!isFirst && level <= _highest)
        {
            if (time.GetElapsedTime(_logged) < _pause)
                return;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }

        _highest = level > _highest ? level : _highest;
        _logged = time.GetTimestamp();
        log(diagnostics.Logger, level, _attempts, failure.Message, failure);
        if (isFirst)
            diagnostics.Report(failure);
    }

    // A wrong password, a missing database or right, and a wrong option stay until somebody changes them.
    private static bool MayPass(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException rejection)
                return rejection.IsTransient;
        }

        return failure is EventBusException { IsTransient: true } or NpgsqlException or TimeoutException or IOException or SocketException;
    }
}
