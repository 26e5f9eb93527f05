using Npgsql;

namespace EventBus;

/// <summary>The settings of a bus or publisher. They are copied and validated when it is created; later changes have no effect.</summary>
public sealed class EventBusOptions
{
    private NpgsqlDataSource? _listener;

    /// <summary>This node's id: 1 to 64 letters, digits, <c>-</c> or <c>_</c>. The default is 16 random hex digits.</summary>
    public string? Uid { get; set; }

    /// <summary>
    /// What channel names begin with: the channel of a bus namespace is <c>prefix#namespace</c>. Peers must use the same.
    /// </summary>
    /// <value>The default is <c>socket.io</c>.</value>
    public string ChannelPrefix { get; set; } = EventBusDefaults.ChannelPrefix;

    /// <summary>The attachment table, as <c>table</c> or <c>schema.table</c>. Peers must use the same.</summary>
    /// <value>The default is <c>socket_io_attachments</c>.</value>
    public string TableName { get; set; } = EventBusDefaults.TableName;

    /// <summary>
    /// The journal, as <c>table</c> or <c>schema.table</c>: the table that events with <see cref="JournaledAttribute"/> are written to. The
    /// tables beside it have its name and a suffix, so the name has at most 50 bytes. All nodes and publishers must use the same.
    /// </summary>
    /// <value>The default is <c>eventbus_journal</c>.</value>
    public string JournalTable { get; set; } = EventBusDefaults.JournalTable;

    /// <summary>Which events this node or publisher writes to the journal. Others may have another value.</summary>
    /// <value>The default is <see cref="JournalScope.Marked"/>.</value>
    public JournalScope Journal { get; set; } = JournalScope.Marked;

    /// <summary>
    /// How long the journal keeps events, at least. The journal has about 12 partitions in this time, and removes a partition when all of
    /// its events are older. With <see cref="Timeout.InfiniteTimeSpan"/> this node or publisher removes none.
    /// </summary>
    /// <value>The default is 1 day.</value>
    public TimeSpan JournalRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether the attachment table is created at the start if it is missing, and the journal when the first event is written to it.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CreateTable { get; set; } = true;

    /// <summary>Messages of at least this many bytes travel as attachments. At most 8000, PostgreSQL's limit; at least 128.</summary>
    /// <value>The default is 8000 bytes.</value>
    public int PayloadThreshold { get; set; } = EventBusDefaults.PayloadThreshold;

    /// <summary>How long a request to the other nodes waits for their acks.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan RequestsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the bus or publisher starts although its database is not there, and tries until it is. Meanwhile it is
    /// <see cref="BusState.Starting"/> and not healthy, and its events wait.
    /// </summary>
    /// <remarks>
    /// If false, the start of the bus and of the host fails with <see cref="EventBusStartException"/>. A publisher outside a host always
    /// goes on trying.
    /// </remarks>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowDegradedStart { get; set; }

    /// <summary>How long after its last message a node sends a heartbeat.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a node may be silent before it counts as dead. It must exceed <see cref="HeartbeatInterval"/>.</summary>
    /// <remarks>
    /// Time in which this node is behind, pauses or stands still does not count.
    /// </remarks>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The age from which an attachment is removed; at about twice this age it is gone. With <see cref="Timeout.InfiniteTimeSpan"/> this
    /// node removes none.
    /// </summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an emit may wait for PostgreSQL before it fails as not sent or unknown.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long stopping the bus may take: publishing the queued events, closing the connections, and waiting for handlers. Also how long
    /// disposing a socket and leaving a namespace wait for handlers.
    /// </summary>
    /// <remarks>
    /// Handlers that still run afterwards are logged and passed to <see cref="ErrorHandler"/> as a
    /// <see cref="HandlersRunningException"/>. If the token of the host's stop is cancelled before, the stop ends then.
    /// </remarks>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the listening connection may be silent before it is checked. A dead connection is noticed within twice this time.
    /// </summary>
    /// <value>The default is 3 seconds.</value>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many messages may wait to be published. If the queue is full, emits wait and posts return false.</summary>
    /// <value>The default is 16384 messages.</value>
    public int PublishQueueMessages { get; set; } = EventBusDefaults.PublishQueueMessages;

    /// <summary>
    /// How many bytes of messages may wait to be published. If the queue is full, emits wait and posts return false. A single message may
    /// be larger.
    /// </summary>
    /// <value>The default is 64 MiB.</value>
    public int PublishQueueBytes { get; set; } = EventBusDefaults.PublishQueueBytes;

    /// <summary>
    /// How many bytes of emits may wait for a place in the full publish queue. An emit counts its message and 512 bytes. Further emits fail
    /// at once as <see cref="EventNotSentException"/>; sockets of this process have their events.
    /// </summary>
    /// <value>The default is 64 MiB.</value>
    public int PublishWaitingBytes { get; set; } = EventBusDefaults.PublishWaitingBytes;

    /// <summary>
    /// Whether the data source is used by this bus or publisher only, and not by the application. Then all connections come from its pool,
    /// so its physical initializers are called for them, and the pool is cleared after a connection was lost.
    /// </summary>
    /// <value>
    /// The default is false: the connections have the settings of the data source, but are opened past its pool, and its physical
    /// initializers are not called for them. If the pool's connections have another role, the pool is used.
    /// </value>
    public bool DedicatedDataSource { get; set; }

    /// <summary>
    /// The connection string of the listening connection alone, if the data source of the bus leads through a pooler in transaction mode. A
    /// publisher does not listen, and ignores it.
    /// </summary>
    /// <remarks>
    /// The start fails if it leads to another database than the data source of the bus. The bus keeps one connection to it.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: the bus listens over its data source.</value>
    public string? ListenerConnectionString { get; set; }

    /// <summary>
    /// How many notifications may wait for delivery before the listener stops reading. PostgreSQL then keeps them for at most
    /// <see cref="ReceivePauseTimeout"/>. Afterwards, while the queue is full, the newest are discarded and reported as gaps.
    /// </summary>
    /// <value>The default is 16384 notifications.</value>
    public int ReceiveQueueMessages { get; set; } = EventBusDefaults.ReceiveQueueMessages;

    /// <summary>How many bytes of attachments are fetched ahead. A single attachment may be larger.</summary>
    /// <value>The default is 64 MiB.</value>
    public int AttachmentBytes { get; set; } = EventBusDefaults.AttachmentBytes;

    /// <summary>
    /// How many events of any size may wait for the handlers of one socket. Further events count against
    /// <see cref="SocketOverflowBytes"/>.
    /// </summary>
    /// <value>The default is 4096 events.</value>
    public int SocketQueueEvents { get; set; } = EventBusDefaults.SocketQueueEvents;

    /// <summary>
    /// How many bytes of events may wait for the handlers of one socket beyond <see cref="SocketQueueEvents"/>. The last event may exceed
    /// this. An event counts its encoded size and 128 bytes.
    /// </summary>
    /// <remarks>
    /// By default, if the overflow is full, the node pauses before it delivers the next received event, for at most
    /// <see cref="ReceivePauseTimeout"/>. If it is still full afterwards, or if the handlers complete nothing for half a second, the newest
    /// events of this socket are dropped until its queue has drained: each is counted, and the first is reported. Events that this node
    /// emits never wait for its own sockets: if the overflow of a socket is full, they are dropped for that socket.
    /// <see cref="SlowSocketPolicy"/> has other ways.
    /// </remarks>
    /// <value>The default is 16 MiB.</value>
    public int SocketOverflowBytes { get; set; } = EventBusDefaults.SocketOverflowBytes;

    /// <summary>
    /// What the node does if the queue of a socket is full. <see cref="SocketOptions.SlowSocketPolicy"/> sets it for one socket.
    /// </summary>
    /// <value>The default is <see cref="SlowSocketPolicy.WaitThenDropNewest"/>.</value>
    public SlowSocketPolicy SlowSocketPolicy { get; set; }

    /// <summary>
    /// How long a node pauses in total, at most, for one socket whose queue is full, until the queue has drained. It also limits how long
    /// the listener stops reading while <see cref="ReceiveQueueMessages"/> are waiting.
    /// </summary>
    /// <remarks>
    /// If PostgreSQL's notification queue, which all databases of the server share, is more than 10 % full, the listener reads on earlier
    /// and the pauses for sockets end. During a pause no message is handled, so no other node counts as dead.
    /// </remarks>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan ReceivePauseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the handshakes of sockets (headers, addresses, credentials) are replaced by empty maps in the responses of this node and in
    /// the sockets it fetches.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RedactHandshakes { get; set; }

    /// <summary>
    /// Whether other nodes and publishers may make the sockets of this node join and leave rooms, and disconnect them. Set it if your
    /// sockets stand for clients. <see cref="SocketOptions.AllowRemoteManagement"/> sets it for one socket.
    /// </summary>
    /// <remarks>
    /// Handlers that your application adds are usually not clients: a Socket.IO server that disconnects all its clients must not remove
    /// them. Calls of this node apply to all its sockets, whatever the value.
    /// </remarks>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowRemoteManagement { get; set; }

    /// <summary>
    /// How the activity of a handler belongs to the activity of the emit, if the application listens to the activity source
    /// <c>EventBus</c>.
    /// </summary>
    /// <value>The default is <see cref="TraceRelation.Child"/>.</value>
    public TraceRelation TraceRelation { get; set; }

    /// <summary>
    /// Whether events take the baggage of the current activity along, and handlers get the baggage of received events. Every process of
    /// the cluster can read it, and any role of the database can send some.
    /// </summary>
    /// <remarks>If an event with its baggage would reach <see cref="PayloadThreshold"/>, the baggage is left out.</remarks>
    /// <value>The default is <see langword="false"/>.</value>
    public bool PropagateBaggage { get; set; }

    /// <summary>
    /// Called with every failure that no caller waits for: a lost connection, a malformed message, a handler that threw. It must be
    /// thread-safe and quick. If it throws, the exception is logged.
    /// </summary>
    public Action<Exception>? ErrorHandler { get; set; }

    /// <summary>
    /// Listens over a data source of its own, which the bus does not dispose, if the data source of the bus leads through a pooler in
    /// transaction mode. A publisher does not listen, and ignores it.
    /// </summary>
    /// <inheritdoc cref="ListenerConnectionString" path="/remarks"/>
    /// <param name="dataSource">A data source that leads to the same database, without a pooler or through one in session mode.</param>
    /// <returns>These options.</returns>
    public EventBusOptions UseListener(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _listener = dataSource;
        return this;
    }

    /// <summary>The data source of the listening connection alone; null: the one of the bus.</summary>
    internal NpgsqlDataSource? GetListener() => _listener; // A property would be an option of the configuration.

    /// <summary>A copy that the application cannot change.</summary>
    internal EventBusOptions Freeze() => (EventBusOptions)MemberwiseClone();
}
