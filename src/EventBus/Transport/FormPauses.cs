using Microsoft.Extensions.Logging;

namespace EventBus.Transport;

/// <summary>The pauses of all forms of messages that need rows. Not thread-safe: the publishing loop owns it.</summary>
internal sealed class FormPauses(TimeProvider time, ILogger logger)
{
    private readonly FormPause[] _pauses =
    [
        new(MessageForm.Attached, time, logger),
        new(MessageForm.Journaled, time, logger),
        new(MessageForm.Attached | MessageForm.Journaled, time, logger),
    ];

    /// <summary>The pause of a form that needs rows.</summary>
    public FormPause Of(MessageForm form) => _pauses[(int)form - 1];

    /// <summary>The longest time that the statement of a batch waits for a lock on a table.</summary>
    public TimeSpan LockTimeout(PublishBatch batch)
    {
        var isDoubtful = batch.IsRepeated;
        foreach (var pause in _pauses)
            isDoubtful |= pause.Cause is not null && batch.Has(pause.Form);
        return FormPause.LockTimeout(isDoubtful);
    }

    /// <summary>Fails the messages of a batch whose form has a pause now. The database is not given them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="failure">The exceptions of a pause.</param>
    /// <returns>Whether messages are left.</returns>
    public bool TryKeepOthers(PublishBatch batch, Func<FormPause, Func<Exception>> failure)
    {
        foreach (var pause in _pauses)
        {
            if (pause.IsUnderWay && batch.Has(pause.Form) && !batch.TryKeepOthers(pause.Form, failure(pause)))
                return false;
        }

        return true;
    }

    /// <summary>The messages of a batch were published.</summary>
    public void Published(PublishBatch batch)
    {
        foreach (var pause in _pauses)
        {
            if (pause.Cause is not null && batch.Has(pause.Form))
                pause.End();
        }
    }
}
