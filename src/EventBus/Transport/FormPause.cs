using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EventBus.Transport;

/// <summary>
/// The pause after PostgreSQL has rejected the rows of a form of messages, such as attachments in a read-only database or a locked table.
/// Events of the form fail meanwhile without being tried, so that they delay no others. Not thread-safe: the publishing loop owns it.
/// </summary>
internal sealed class FormPause(MessageForm form, TimeProvider time, ILogger logger)
{
    /// <summary>The longest time that a statement waits for a lock on a table: it holds up all messages behind it.</summary>
    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(2);

    /// <summary>The same time after a rejection, until a message of the form is published again.</summary>
    private static readonly TimeSpan ShortestLock = TimeSpan.FromMilliseconds(100);

    private readonly Backoff _backoff = new(Random.Shared);
    private long _began;
    private TimeSpan _length;

    /// <summary>The form.</summary>
    public MessageForm Form => form;

    /// <summary>The rejection since which no message of the form was published; null if there is none.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Whether messages of the form are not tried now.</summary>
    public bool IsUnderWay => Cause is not null && time.GetElapsedTime(_began) < _length;

    /// <summary>The longest time that a statement waits for a lock.</summary>
    /// <param name="isDoubtful">Whether its rows were rejected before.</param>
    public static TimeSpan LockTimeout(bool isDoubtful) => isDoubtful ? ShortestLock : LongestLock;

    /// <summary>Begins a pause. Each one is longer, until a message of the form is published.</summary>
    public void Begin(Exception cause)
    {
        if (Cause is null && IsJournaled)
            logger.JournalRejected(cause);
        else if (Cause is null)
            logger.AttachmentsRejected(cause);
        Cause = cause;
        _began = time.GetTimestamp();
        _length = _backoff.Next();
    }

    /// <summary>A message of the form was published.</summary>
    public void End()
    {
        if (Cause is null)
            return;
        Cause = null;
        _backoff.Reset();
        if (IsJournaled)
            logger.JournalAccepted();
        else
            logger.AttachmentsAccepted();
    }

    private bool IsJournaled => (form & MessageForm.Journaled) != 0;
}
