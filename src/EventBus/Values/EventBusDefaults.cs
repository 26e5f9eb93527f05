namespace EventBus;

/// <summary>The defaults of the options. Those that concern the wire are the defaults of the reference adapter.</summary>
public static class EventBusDefaults
{
    /// <summary>The main bus namespace.</summary>
    public const string Namespace = "/";

    /// <summary>The channel prefix of the reference adapter.</summary>
    public const string ChannelPrefix = "socket.io";

    /// <summary>The attachment table of the reference adapter.</summary>
    public const string TableName = "socket_io_attachments";

    /// <summary>The journal.</summary>
    public const string JournalTable = "eventbus_journal";

    /// <summary>From this many bytes a message is attached: PostgreSQL refuses notifications of 8000 bytes and more.</summary>
    public const int PayloadThreshold = 8000;

    /// <summary>How many messages may wait to be published.</summary>
    public const int PublishQueueMessages = 16_384;

    /// <summary>How many bytes of messages may wait to be published: 64 MiB.</summary>
    public const int PublishQueueBytes = 64 * 1024 * 1024;

    /// <summary>How many bytes of emits may wait for a place in the publish queue: 64 MiB.</summary>
    public const int PublishWaitingBytes = 64 * 1024 * 1024;

    /// <summary>How many notifications may wait for the pump before the listener stops reading its connection.</summary>
    public const int ReceiveQueueMessages = 16_384;

    /// <summary>How many bytes of fetched attachments may wait for the pump: 64 MiB.</summary>
    public const int AttachmentBytes = 64 * 1024 * 1024;

    /// <summary>The largest message that is sent or accepted: 128 MiB.</summary>
    public const int MaxMessageBytes = 128 * 1024 * 1024;

    /// <summary>How many events may wait for one socket's handlers.</summary>
    public const int SocketQueueEvents = 4_096;

    /// <summary>How many bytes of events may wait for one socket's handlers beyond <see cref="SocketQueueEvents"/>: 16 MiB.</summary>
    public const int SocketOverflowBytes = 16 * 1024 * 1024;
}
