namespace EventBus.Transport;

/// <summary>What a transport is told once, at its construction.</summary>
internal sealed record TransportOptions
{
    public string TableName { get; init; } = EventBusDefaults.TableName;

    public bool CreateTable { get; init; } = true;

    public TimeSpan CleanupInterval { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(3);

    public int PublishQueueMessages { get; init; } = EventBusDefaults.PublishQueueMessages;

    public int PublishQueueBytes { get; init; } = EventBusDefaults.PublishQueueBytes;

    public int ReceiveQueueMessages { get; init; } = EventBusDefaults.ReceiveQueueMessages;

    public TimeSpan ReceivePauseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public int AttachmentBytes { get; init; } = EventBusDefaults.AttachmentBytes;

    public static TransportOptions From(EventBusOptions options) => new()
    {
        TableName = options.TableName,
        CreateTable = options.CreateTable,
        CleanupInterval = options.CleanupInterval,
        PublishTimeout = options.PublishTimeout,
        KeepAliveInterval = options.KeepAliveInterval,
        PublishQueueMessages = options.PublishQueueMessages,
        PublishQueueBytes = options.PublishQueueBytes,
        ReceiveQueueMessages = options.ReceiveQueueMessages,
        ReceivePauseTimeout = options.ReceivePauseTimeout,
        AttachmentBytes = options.AttachmentBytes,
    };
}
