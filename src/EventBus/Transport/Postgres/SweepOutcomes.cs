using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Counts sweeps. If PostgreSQL rejects them and will probably go on, this is logged and reported once, until a sweep succeeds.
/// </summary>
/// <remarks>The table grows meanwhile. Only the sweeper uses it, so it is not thread-safe.</remarks>
internal sealed class SweepOutcomes(AttachmentSchema schema, BusDiagnostics diagnostics)
{
    /// <summary>A cause that may pass, such as a lock or a timeout, counts as lasting after so many sweeps in a row.</summary>
    private const int MaxInARow = 3;

    /// <summary>
    /// Other nodes sweep only for moments. If another session has had the turn so many times in a row, it keeps the lock for itself.
    /// </summary>
    private const int MaxMissed = 10;

    private int _inARow;
    private int _missed;

    /// <summary>A step has succeeded.</summary>
    /// <param name="removed">The number of attachments that it removed.</param>
    public void Succeed(int removed)
    {
        (_inARow, _missed) = (0, 0);
        if (removed > 0)
        {
            diagnostics.SweptAttachments.Add(removed);
            diagnostics.Logger.Swept(removed);
        }

        if (!diagnostics.IsSweepRejected)
            return;
        diagnostics.IsSweepRejected = false;
        diagnostics.Logger.SweepsAccepted(schema.Name);
    }

    /// <summary>Another session has the turn.</summary>
    public void Miss()
    {
        if (++_missed < MaxMissed)
            return;
        diagnostics.FailedSweeps.Add();
        Report("another session holds the advisory lock of the removal (see pg_locks).");
    }

    /// <summary>A sweep has failed.</summary>
    public void Fail(Exception exception)
    {
        diagnostics.FailedSweeps.Add();
        if (Lasts(exception) || (IsResponse(exception) && ++_inARow >= MaxInARow))
            Report($"{exception.Message}. {Remedy(exception)}", exception);
        else if (!diagnostics.IsSweepRejected)
            diagnostics.Logger.SweepFailed(exception);
    }

    private void Report(string cause, Exception? exception = null)
    {
        if (diagnostics.IsSweepRejected)
            return;
        diagnostics.IsSweepRejected = true;
        var report = new AttachmentsNotRemovedException($"Old attachments cannot be removed from {schema.Name}: {cause}", exception);
        diagnostics.Logger.SweepsRejected(report);
        diagnostics.Report(report);
    }

    private static bool Lasts(Exception exception) => exception is PostgresException { ProvesRollback: true } rejection
        && (!rejection.MayPass || rejection.SqlState is
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.ObjectNotInPrerequisiteState);

    // A lost connection says nothing about sweeps, and is reported elsewhere.
    private static bool IsResponse(Exception exception) =>
        exception is PostgresException { ProvesRollback: true } or NpgsqlException { InnerException: TimeoutException };

    private string Remedy(Exception exception) => (exception as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege =>
            $"Grant DELETE and SELECT on {schema.Name} to this role, or set CleanupInterval to infinite here and remove them elsewhere.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "Set default_transaction_read_only to off.",
        PostgresErrorCodes.ObjectNotInPrerequisiteState =>
            $"Remove the table from the publication, or run: ALTER TABLE {schema.Name} REPLICA IDENTITY FULL.",
        _ => "The next sweeps try again.",
    };
}
