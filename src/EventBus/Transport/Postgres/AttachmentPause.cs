using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The pause after PostgreSQL has rejected attachments for a transient cause, such as a read-only database or a locked table. Events that
/// need one fail meanwhile without being tried, so that they delay no others. Not thread-safe: the publishing loop owns it.
/// </summary>
internal sealed class AttachmentPause(TimeProvider time, ILogger logger)
{
    /// <summary>The longest time that a statement waits for a lock on the table: it holds up all messages behind it.</summary>
    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(2);

    /// <summary>The same time after a rejection, until an attachment is published again.</summary>
    private static readonly TimeSpan ShortestLock = TimeSpan.FromMilliseconds(100);

    private readonly Backoff _backoff = new(Random.Shared);
    private long _began;
    private TimeSpan _length;

    /// <summary>The rejection since which no attachment was published; null if there is none.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Whether attachments are not tried now.</summary>
    public bool IsUnderWay => Cause is not null && time.GetElapsedTime(_began) < _length;

    /// <summary>The longest time that the next statement waits for a lock.</summary>
    /// <param name="isRepeated">Whether its attachments were rejected before.</param>
    public TimeSpan LockTimeout(bool isRepeated) => isRepeated || Cause is not null ? ShortestLock : LongestLock;

    /// <summary>Begins a pause. Each one is longer, until an attachment is published.</summary>
    public void Begin(Exception cause)
    {
        if (Cause is null)
            logger.AttachmentsRejected(cause);
        Cause = cause;
        _began = time.GetTimestamp();
        _length = _backoff.Next();
    }

    /// <summary>An attachment was published.</summary>
    public void End()
    {
        if (Cause is null)
            return;
        Cause = null;
        _backoff.Reset();
        logger.AttachmentsAccepted();
    }
}
