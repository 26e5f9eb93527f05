using System.Buffers;
using System.Text;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The parameters of the row that a publishing statement writes to the journal: its arrays have an item for each journaled message. An
/// empty array becomes null in the row. Not thread-safe.
/// </summary>
/// <remarks>
/// If all messages of the statement are journaled, as nearly always, the row gets the notifications and the attachments of the statement,
/// and they are sent once.
/// </remarks>
internal sealed class JournalParameters
{
    private readonly ArrayBufferWriter<byte> _messages = new(16);
    private readonly List<byte[]> _names = []; // of the pairs, as the definitions of their events have them
    private bool _hasKeys;
    private bool _hasPairs;
    private bool _hasAttachments;

    /// <summary>The channels of the different pairs of a channel and an event's name.</summary>
    public List<string> Channels { get; } = [];

    /// <summary>The names of the events of the pairs.</summary>
    public List<string> Events { get; } = [];

    /// <summary>The pair of each message, as an index from 1; empty if there is only one pair.</summary>
    public List<int> Indexes { get; } = [];

    /// <summary>The number of each message.</summary>
    public List<long> Numbers { get; } = [];

    /// <summary>The hash of each message's key; empty if there are none.</summary>
    public List<int> Keys { get; } = [];

    /// <summary>The notifications; empty if they are those of the statement.</summary>
    public ReadOnlyMemory<byte> Messages => _messages.WrittenMemory;

    /// <summary>The attachment of each message, as an index from 1; empty if there are none.</summary>
    public List<int> AttachmentIndexes { get; } = [];

    /// <summary>The attachments; empty if they are those of the statement.</summary>
    public List<ReadOnlyMemory<byte>> Attachments { get; } = [];

    /// <summary>Whether no message is journaled.</summary>
    public bool IsEmpty => Numbers.Count == 0;

    /// <summary>Removes the messages.</summary>
    public void Clear()
    {
        if (IsEmpty)
            return;
        Channels.Clear();
        Events.Clear();
        _names.Clear();
        Indexes.Clear();
        Numbers.Clear();
        Keys.Clear();
        _messages.ResetWrittenCount();
        AttachmentIndexes.Clear();
        Attachments.Clear();
        (_hasKeys, _hasPairs, _hasAttachments) = (false, false, false);
    }

    /// <summary>Adds a journaled message.</summary>
    public void Add(PendingMessage message)
    {
        var index = PairOf(message);
        Indexes.Add(index);
        _hasPairs |= index > 1;
        Numbers.Add(message.Number);
        Keys.Add(message.Journal.Key);
        _hasKeys |= message.Journal.Key != 0;
        if (message.IsAttached)
            Attachments.Add(message.Attachment);
        AttachmentIndexes.Add(message.IsAttached ? Attachments.Count : 0);
        _hasAttachments |= message.IsAttached;
    }

    /// <summary>All journaled messages were added: leaves out what the row does not need, or has from the statement.</summary>
    /// <param name="batch">All messages of the statement.</param>
    /// <param name="attachments">The number of attachments of the statement.</param>
    public void Complete(List<PendingMessage> batch, int attachments)
    {
        if (!_hasPairs)
            Indexes.Clear();
        if (!_hasKeys)
            Keys.Clear();
        if (!_hasAttachments)
            AttachmentIndexes.Clear();
        if (Attachments.Count == attachments)
            Attachments.Clear();
        if (Numbers.Count == batch.Count)
            return;
        foreach (var message in batch)
        {
            if (message.Journal.IsSet)
                MessageText.Append(_messages, (message.IsAttached ? message.Head : message.Payload).Span);
        }
    }

    // Nearly always all messages have the channel and the name of the last one.
    private int PairOf(PendingMessage message)
    {
        var name = message.Journal.EventName!;
        for (var i = _names.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_names[i], name) && Channels[i] == message.Channel)
                return i + 1;
        }

        _names.Add(name);
        Channels.Add(message.Channel);
        Events.Add(Encoding.UTF8.GetString(name));
        return _names.Count;
    }
}
