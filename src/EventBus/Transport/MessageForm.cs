namespace EventBus.Transport;

/// <summary>The parts of a publishing statement that a message needs beside its notification. Messages of one form fail together.</summary>
[Flags]
internal enum MessageForm : byte
{
    /// <summary>The notification is the whole message.</summary>
    Inline = 0,

    /// <summary>It travels as an attachment, so the statement writes a row of the attachment table.</summary>
    Attached = 1,

    /// <summary>It is journaled, so the statement writes a row of the journal.</summary>
    Journaled = 2,
}
