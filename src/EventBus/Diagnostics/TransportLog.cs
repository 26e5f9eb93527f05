using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of the transport layer: event ids 100-199. They never contain a payload or a connection string.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(100, LogLevel.Warning, "The publishing connection was lost; opening it again.")]
    public static partial void PublisherLost(this ILogger logger, Exception exception);

    [LoggerMessage(101, LogLevel.Debug, "Publishing is tried again in {Delay}: {Cause}")]
    public static partial void PublisherRetries(this ILogger logger, TimeSpan delay, string cause);

    [LoggerMessage(102, LogLevel.Error,
        "A posted message was not published. Further failures within a minute are only counted and reported.")]
    public static partial void PostFailed(this ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Warning,
        "A post was rejected because the publish queue is full ({Messages} messages, {Bytes} bytes). "
        + "Further rejections within a minute are only counted.")]
    public static partial void PublishQueueFull(this ILogger logger, int messages, int bytes);

    [LoggerMessage(104, LogLevel.Warning, "The drain timeout elapsed before everything was published.")]
    public static partial void DrainCutShort(this ILogger logger);

    [LoggerMessage(105, LogLevel.Error, "Publishing failed unexpectedly; it goes on with a new connection.")]
    public static partial void PublisherFailed(this ILogger logger, Exception exception);

    [LoggerMessage(106, LogLevel.Warning,
        "PostgreSQL rejects attachments for now. Events that need one fail as not sent; all others are published.")]
    public static partial void AttachmentsRejected(this ILogger logger, Exception exception);

    [LoggerMessage(107, LogLevel.Information, "PostgreSQL accepts attachments again.")]
    public static partial void AttachmentsAccepted(this ILogger logger);

    [LoggerMessage(108, LogLevel.Warning,
        "The backend {Pid}, which did not respond, could not be ended: {Cause} If it commits its statement later, the events of that "
        + "statement arrive after later ones.")]
    public static partial void BackendNotEnded(this ILogger logger, int pid, string cause);

    [LoggerMessage(109, LogLevel.Warning,
        "Connections of the data source's pool have the role {PoolRole}, but connections opened past the pool have {OwnRole}, because no "
        + "physical initializer is called for them. The bus uses the pool, so it cannot reconnect while the application holds the whole "
        + "pool. Give the bus a data source of its own, and set DedicatedDataSource.")]
    public static partial void PoolIsUsed(this ILogger logger, string poolRole, string ownRole);

    [LoggerMessage(110, LogLevel.Warning, "The listening connection was lost; opening it again.")]
    public static partial void ListenerLost(this ILogger logger, Exception exception);

    [LoggerMessage(111, LogLevel.Information, "Listening again, to {Channels} channels.")]
    public static partial void ListeningAgain(this ILogger logger, int channels);

    [LoggerMessage(112, LogLevel.Warning, "A notification could not be read. Further ones within a minute are only counted.")]
    public static partial void MalformedNotification(this ILogger logger, Exception exception);

    [LoggerMessage(113, LogLevel.Error, "The receiver of messages threw.")]
    public static partial void ReceiverThrew(this ILogger logger, Exception exception);

    [LoggerMessage(114, LogLevel.Warning,
        "{Lost} events of source {Source} in namespace {Namespace} never arrived. "
        + "Further gaps within a minute are only counted and reported.")]
    public static partial void EventsLost(this ILogger logger, long lost, string source, string @namespace);

    [LoggerMessage(115, LogLevel.Warning, "{Waiting} notifications are queued: the connection is not read until the queue is shorter.")]
    public static partial void ReceiveQueueFull(this ILogger logger, int waiting);

    [LoggerMessage(116, LogLevel.Debug, "Listening is tried again in {Delay}: {Cause}")]
    public static partial void ListenerRetries(this ILogger logger, TimeSpan delay, string cause);

    [LoggerMessage(117, LogLevel.Warning,
        "A message of source {Source} in namespace {Namespace} arrived twice or out of order. "
        + "Further ones within a minute are only counted.")]
    public static partial void MessageLate(this ILogger logger, string source, string @namespace);

    [LoggerMessage(118, LogLevel.Warning,
        "For {Elapsed} all messages of source {Source} in namespace {Namespace} were out of order: from now on it counts from {Number}. "
        + "Its losses meanwhile are unknown. Further restarts within a minute are not logged.")]
    public static partial void SourceCountsAnew(this ILogger logger, TimeSpan elapsed, string source, string @namespace, long number);

    [LoggerMessage(119, LogLevel.Warning,
        "The losses have ended: {Lost} events never arrived within {Duration}, in {Gaps} gaps and {Attachments} lost attachments.")]
    public static partial void LossesEnded(this ILogger logger, long lost, int gaps, int attachments, TimeSpan duration);

    [LoggerMessage(120, LogLevel.Warning,
        "Attachment {Id} is lost. Further losses within a minute are only counted and reported. The cause: {Cause}")]
    public static partial void AttachmentLost(this ILogger logger, long id, string cause);

    [LoggerMessage(121, LogLevel.Debug, "Attachments could not be read; trying again in {Delay}.")]
    public static partial void AttachmentsRetry(this ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(122, LogLevel.Warning,
        "{Waiting} notifications are queued, but the connection is read again, because {Cause}. "
        + "The newest are discarded until half of the queued ones are delivered.")]
    public static partial void ReceiveQueueOverrun(this ILogger logger, int waiting, string cause);

    [LoggerMessage(123, LogLevel.Information, "Half of the queued notifications are delivered; {Discarded} were discarded meanwhile.")]
    public static partial void ReceiveQueueRecovered(this ILogger logger, long discarded);

    [LoggerMessage(124, LogLevel.Warning,
        "The notification queue of PostgreSQL grows. If it is full, no event can be published. It is probably held by {Holders}.")]
    public static partial void QueueHeld(this ILogger logger, string holders);

    [LoggerMessage(125, LogLevel.Warning,
        "Backend {Pid} of role {Role} sent messages with numbers of source {Source} in namespace {Namespace}, but is not the source's: "
        + "they were delivered, but their numbers do not count. Further ones within a minute are only counted.")]
    public static partial void NumberForged(this ILogger logger, int pid, string role, string source, string @namespace);

    [LoggerMessage(126, LogLevel.Debug, "The roles of backends could not be looked up; trying again in {Delay}.")]
    public static partial void RolesUnknown(this ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(127, LogLevel.Error, "Receiving failed unexpectedly; it goes on with the next message.")]
    public static partial void PumpFailed(this ILogger logger, Exception exception);

    [LoggerMessage(130, LogLevel.Information, "Created the attachment table {Table}.")]
    public static partial void TableCreated(this ILogger logger, string table);

    [LoggerMessage(131, LogLevel.Warning,
        "The attachment table {Table} has no index on created_at, and this role does not own the table: removing old rows reads all of it. "
        + "Its owner should run: {Sql}")]
    public static partial void IndexMissing(this ILogger logger, string table, string sql);

    [LoggerMessage(132, LogLevel.Warning, "Events that need an attachment cannot be published, or are lost: {Cause}")]
    public static partial void AttachmentsUnavailable(this ILogger logger, string cause);

    [LoggerMessage(133, LogLevel.Information, "Created the index on created_at of the attachment table {Table}.")]
    public static partial void IndexCreated(this ILogger logger, string table);

    [LoggerMessage(134, LogLevel.Debug, "The attachment table {Table} has no index on created_at yet; creating it is tried again.")]
    public static partial void IndexDelayed(this ILogger logger, string table, Exception exception);

    [LoggerMessage(140, LogLevel.Debug, "Removed {Count} old attachments.")]
    public static partial void Swept(this ILogger logger, int count);

    [LoggerMessage(141, LogLevel.Error,
        "Old attachments cannot be removed. Further failures are only counted, until a sweep succeeds.")]
    public static partial void SweepsRejected(this ILogger logger, Exception exception);

    [LoggerMessage(142, LogLevel.Warning, "Old attachments could not be removed; the next sweep tries again.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(150, LogLevel.Warning,
        "PostgreSQL rejects the journal for now. Journaled events fail as not sent; all others are published.")]
    public static partial void JournalRejected(this ILogger logger, Exception exception);

    [LoggerMessage(151, LogLevel.Information, "PostgreSQL accepts journaled events again.")]
    public static partial void JournalAccepted(this ILogger logger);

    [LoggerMessage(152, LogLevel.Information, "Created the journal {Table}.")]
    public static partial void JournalCreated(this ILogger logger, string table);

    [LoggerMessage(153, LogLevel.Warning,
        "The partitions of the journal {Table} could not be made or removed; this is tried again in a minute. If the next partition is "
        + "missing, journaled events fail as not sent.")]
    public static partial void JournalNotMaintained(this ILogger logger, string table, Exception exception);

    [LoggerMessage(143, LogLevel.Information, "Old attachments are removed from {Table} again.")]
    public static partial void SweepsAccepted(this ILogger logger, string table);
}
