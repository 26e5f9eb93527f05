using System.Globalization;
using System.Text;

namespace EventBus.Diagnostics;

/// <summary>
/// Everything that this node receives and rejects, and everything that never arrived. Each occurrence is counted, but only the first of an
/// <see cref="Episode"/> is logged and, if it is an error, reported: a flood of forged messages must not flood the log. Thread-safe.
/// </summary>
internal sealed class RejectionLog(BusDiagnostics diagnostics, TimeProvider time)
{
    /// <summary>The most lines at once about events that cannot be read or are unknown. A stranger can invent both.</summary>
    public const int UnreadableBurst = 16;

    /// <summary>The lines of a minute about them, after a burst.</summary>
    public const int UnreadablePerMinute = 10;

    private const int MaxTextInLog = 128;

    private readonly Episode _malformed = new(time);
    private readonly TokenBucket _unreadable = new(UnreadableBurst, UnreadablePerMinute / 60.0, time);
    private readonly Episodes _undecoded = new(time);
    private readonly UnknownNames _unknown = new();
    private readonly Episode _late = new(time);
    private readonly Episode _restarts = new(time);
    private readonly Episode _forgedNumbers = new(time);
    private readonly Episode _gaps = new(time);
    private readonly Episode _attachments = new(time);
    private readonly Episode _responses = new(time);
    private readonly Episode _responseBytes = new(time);
    private readonly Episode _unreadableResponses = new(time);
    private readonly Episode _requests = new(time);
    private readonly Episode _nodes = new(time);
    private readonly Episode _joins = new(time);
    private readonly Episode _refusals = new(time);
    private readonly Episode _impostors = new(time);
    private readonly Episode _managements = new(time);
    private readonly Episode _unreadableSources = new(time);
    private readonly Episode _failedResponses = new(time);

    /// <summary>Whether a message with this node's uid, but of another node, was received within the last minute.</summary>
    public bool HasImpostor => _impostors.IsOpen;

    /// <summary>The events that never arrived, until their size is logged.</summary>
    public LossBurst Losses { get; } = new(diagnostics, time);

    /// <summary>A notification or attachment is not a valid message.</summary>
    public void Malformed(Exception exception)
    {
        diagnostics.Malformed.Add();
        if (!_malformed.Begins())
            return;
        diagnostics.Logger.MalformedNotification(exception);
        diagnostics.Report(exception);
    }

    /// <summary>The contract of an event cannot decode its arguments. Each event and place in its arguments has an episode.</summary>
    public void Undecoded(Exception exception, ReadOnlySpan<byte> eventName)
    {
        diagnostics.Malformed.Add();
        var (name, place) = (ForLog(eventName), (exception as EventSerializationException)?.Path ?? exception.GetType().Name);
        var isMissing = exception.InnerException is EventSerializationException { IsMissingArgument: true };

        // A sender can choose indices and keys, so digits and the end of a long path make no kind of their own.
        place = string.Concat(place.Where(static character => !char.IsAsciiDigit(character)).Take(MaxTextInLog));
        if (!_undecoded.Begins($"{name} {place} {isMissing}", _unreadable))
            return;
        diagnostics.Logger.EventNotDecoded(exception, name);
        diagnostics.Report(exception);
    }

    /// <summary>An event reached sockets with contracts, but none of the contracts has it. Each name is logged once.</summary>
    public void Unknown(ReadOnlySpan<byte> eventName, string busNamespace)
    {
        if (_unknown.IsNew(eventName, busNamespace, _unreadable))
            diagnostics.Logger.EventUnknown(ForLog(eventName), busNamespace);
    }

    /// <summary>A message arrived twice or out of order.</summary>
    public void Late(string source, string busNamespace)
    {
        diagnostics.Late.Add();
        if (_late.Begins())
            diagnostics.Logger.MessageLate(source, busNamespace);
    }

    /// <summary>All messages of a source were out of order for some time, so its new numbers count from now on.</summary>
    public void Restart(TimeSpan elapsed, string source, string busNamespace, long number)
    {
        if (_restarts.Begins())
            diagnostics.Logger.SourceCountsAnew(elapsed, source, busNamespace, number);
    }

    /// <summary>A backend that is not the source's used its numbers. They do not count.</summary>
    public void ForgedNumber(string source, string busNamespace, int pid, string? role)
    {
        if (_forgedNumbers.Begins())
            diagnostics.Logger.NumberForged(pid, role ?? "(gone)", source, busNamespace);
    }

    /// <summary>Events never arrived.</summary>
    public void Gap(long lost, string source, string busNamespace)
    {
        diagnostics.Lost.Add(lost);
        Losses.AddGap(lost);
        if (_gaps.Begins())
            diagnostics.Logger.EventsLost(lost, source, busNamespace);
    }

    /// <summary>An attachment does not exist any more, or is not the announced one.</summary>
    public void LostAttachment(long id, string cause, bool isEvent)
    {
        if (isEvent)
        {
            diagnostics.Lost.Add();
            Losses.AddAttachment();
        }

        if (_attachments.Begins())
            diagnostics.Logger.AttachmentLost(id, cause);
    }

    /// <summary>A response to an open request is not awaited.</summary>
    public void Response(string uid, string busNamespace)
    {
        diagnostics.IgnoredResponses.Add();
        if (_responses.Begins())
            diagnostics.Logger.ResponseIgnored(uid, busNamespace);
    }

    /// <summary>A response exceeds the memory for responses to open requests.</summary>
    public void ResponseBytes(long held, string uid, string busNamespace)
    {
        diagnostics.IgnoredResponses.Add();
        if (_responseBytes.Begins())
            diagnostics.Logger.TooManyResponseBytes(held, uid, busNamespace);
    }

    /// <summary>An awaited response cannot be read.</summary>
    public void UnreadableResponse(Exception exception, string uid)
    {
        diagnostics.Malformed.Add();
        if (!_unreadableResponses.Begins())
            return;
        diagnostics.Logger.ResponseNotRead(exception, uid);
        diagnostics.Report(exception);
    }

    /// <summary>Another node cannot send its response to a request of this node.</summary>
    public void FailedResponse(string failure, string uid, string busNamespace)
    {
        if (_failedResponses.Begins())
            diagnostics.Logger.ResponseFailed(uid, busNamespace, failure);
    }

    /// <summary>This node cannot send its response to a request.</summary>
    public void Request(Exception exception, string uid)
    {
        if (!_requests.Begins())
            return;
        diagnostics.Logger.ResponseNotSent(exception, uid);
        diagnostics.Report(exception);
    }

    /// <summary>A node is not remembered because too many nodes are known.</summary>
    public void Node(int known, string busNamespace)
    {
        diagnostics.RejectedNodes.Add();
        if (_nodes.Begins())
            diagnostics.Logger.TooManyNodes(known, busNamespace);
    }

    /// <summary>Another node requests that sockets join rooms while the sockets here are in too many rooms.</summary>
    public void Join(string uid, int memberships, string busNamespace)
    {
        diagnostics.RejectedJoins.Add();
        if (_joins.Begins())
            diagnostics.Logger.TooManyMemberships(uid, memberships, busNamespace);
    }

    /// <summary>A backend requests more than its role may.</summary>
    public void Refused(string uid, int pid, string? role, string busNamespace)
    {
        diagnostics.RefusedRequests.Add();
        if (_refusals.Begins())
            diagnostics.Logger.RequestRefused(uid, busNamespace, pid, role ?? "(not known)");
    }

    /// <summary>Another node requests a change of sockets that other nodes must not manage.</summary>
    public void Management(string uid, int sockets, string busNamespace)
    {
        if (_managements.Begins())
            diagnostics.Logger.ManagementIgnored(uid, sockets, busNamespace);
    }

    /// <summary>A message has this node's uid, but this node did not send it.</summary>
    public void Impostor(string uid, string busNamespace)
    {
        diagnostics.Impostors.Add();
        if (!_impostors.Begins())
            return;
        diagnostics.Logger.Impostor(busNamespace);
        diagnostics.Report(new ClusterConflictException(
            $"A message in namespace {busNamespace} has the uid of this node, '{uid}', but this node did not send it: two nodes have the "
            + "same uid, so that they ignore each other, or the message is forged."));
    }

    /// <summary>No attachment of a source can be read.</summary>
    public void UnreadableSource(string source, int lost, string table)
    {
        if (!_unreadableSources.Begins())
            return;
        diagnostics.Logger.SourceUnreadable(lost, source, table);
        diagnostics.Report(new ClusterConflictException(
            $"None of the {lost} attachments of source {source} could be read. It probably stores them in another table than this node "
            + $"reads, which is '{table}': compare TableName, the schema and the database of both."));
    }

    // Any peer can choose the name: it must not look like other lines, or be as long as a message.
    private static string ForLog(ReadOnlySpan<byte> utf8) => string.Concat(
        Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxTextInLog)]).Select(static character =>
            char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? '\uFFFD'
                : character));
}
