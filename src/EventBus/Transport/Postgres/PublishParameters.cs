using System.Buffers;

namespace EventBus.Transport.Postgres;

/// <summary>The parameters of a publishing statement, filled from a batch of messages. Not thread-safe.</summary>
internal sealed class PublishParameters
{
    private readonly ArrayBufferWriter<byte> _heads = new(16 * 1024);
    private readonly ArrayBufferWriter<byte> _tails = new(256);

    /// <summary>The channels of the messages, each once.</summary>
    public List<string> Channels { get; } = [];

    /// <summary>The channel of each message, as an index from 1.</summary>
    public List<int> ChannelIndexes { get; } = [];

    /// <summary>The payload of each message; of an attached one, the part before the id.</summary>
    public ReadOnlyMemory<byte> Heads => _heads.WrittenMemory;

    /// <summary>The part of each payload after the id; empty for an inline message.</summary>
    public ReadOnlyMemory<byte> Tails => _tails.WrittenMemory;

    /// <summary>The attachment of each message, as an index from 1; 0 for an inline message.</summary>
    public List<int> AttachmentIndexes { get; } = [];

    public List<ReadOnlyMemory<byte>> Attachments { get; } = [];

    /// <summary>The journaled messages.</summary>
    public JournalParameters Journal { get; } = new();

    /// <summary>The size of all attachments.</summary>
    public long AttachedBytes { get; private set; }

    /// <summary>Replaces the parameters by those of a batch.</summary>
    public void Fill(List<PendingMessage> batch)
    {
        Channels.Clear();
        ChannelIndexes.Clear();
        _heads.ResetWrittenCount();
        _tails.ResetWrittenCount();
        AttachmentIndexes.Clear();
        Attachments.Clear();
        AttachedBytes = 0;
        Journal.Clear();
        for (var i = 0; i < batch.Count; i++)
        {
            var message = batch[i];
            ChannelIndexes.Add(IndexOf(message.Channel));
            if (message.Journal.IsSet)
                Journal.Add(message);
            if (message.IsAttached)
            {
                Attachments.Add(message.Attachment);
                AttachedBytes += message.Attachment.Length;
                AttachmentIndexes.Add(Attachments.Count);
                MessageText.Append(_heads, message.Head.Span, isFirst: i == 0);
                MessageText.Append(_tails, message.Tail.Span, isFirst: i == 0);
            }
            else
            {
                AttachmentIndexes.Add(0);
                MessageText.Append(_heads, message.Payload.Span, isFirst: i == 0);
                MessageText.Append(_tails, [], isFirst: i == 0);
            }
        }

        if (!Journal.IsEmpty)
            Journal.Complete(batch, Attachments.Count);
    }

    /// <summary>The index of a channel; arrays of PostgreSQL start at 1.</summary>
    private int IndexOf(string channel)
    {
        var index = Channels.LastIndexOf(channel);
        if (index >= 0)
            return index + 1;
        Channels.Add(channel);
        return Channels.Count;
    }
}
