namespace EventBus.Diagnostics;

/// <summary>What comes in and is not taken, or was never to be had: counts each, logs (and, where it is an error, reports) the first of each episode. A flood of forged messages must not become one of log lines.</summary>
internal sealed class Refusals(BusDiagnostics diagnostics, TimeProvider time)
{
    private readonly Episode _malformed = new(time);
    private readonly Episode _undecoded = new(time);
    private readonly Episode _late = new(time);
    private readonly Episode _anew = new(time);
    private readonly Episode _gaps = new(time);
    private readonly Episode _attachments = new(time);
    private readonly Episode _answers = new(time);
    private readonly Episode _answerBytes = new(time);
    private readonly Episode _unreadableAnswers = new(time);
    private readonly Episode _questions = new(time);
    private readonly Episode _nodes = new(time);
    private readonly Episode _joins = new(time);
    private readonly Episode _impostors = new(time);

    /// <summary>A notification or attachment that is no valid message.</summary>
    public void Malformed(Exception exception)
    {
        diagnostics.Malformed.Add();
        if (!_malformed.Begins())
            return;
        diagnostics.Logger.MalformedNotification(exception);
        diagnostics.Report(exception);
    }

    /// <summary>An event whose arguments its contract cannot decode.</summary>
    public void Undecoded(Exception exception, string eventName)
    {
        diagnostics.Malformed.Add();
        if (!_undecoded.Begins())
            return;
        diagnostics.Logger.EventNotDecoded(exception, eventName);
        diagnostics.Report(exception);
    }

    /// <summary>A message that came again or out of order.</summary>
    public void Late(string source, string busNamespace)
    {
        diagnostics.Late.Add();
        if (_late.Begins())
            diagnostics.Logger.MessageLate(source, busNamespace);
    }

    /// <summary>A source of which nothing has been in order for some time.</summary>
    public void CountsAnew(TimeSpan elapsed, string source, string busNamespace, long number)
    {
        if (_anew.Begins())
            diagnostics.Logger.SourceCountsAnew(elapsed, source, busNamespace, number);
    }

    /// <summary>Events that never arrived.</summary>
    public void Gap(long lost, string source, string busNamespace)
    {
        diagnostics.Lost.Add(lost);
        if (_gaps.Begins())
            diagnostics.Logger.EventsLost(lost, source, busNamespace);
    }

    /// <summary>An attachment that cannot be had.</summary>
    public void LostAttachment(long id, string cause, bool isEvent)
    {
        if (isEvent)
            diagnostics.Lost.Add();
        if (_attachments.Begins())
            diagnostics.Logger.AttachmentLost(id, cause);
    }

    /// <summary>An answer to an open question that is not awaited.</summary>
    public void Answer(string uid, string busNamespace)
    {
        diagnostics.IgnoredAnswers.Add();
        if (_answers.Begins())
            diagnostics.Logger.AnswerIgnored(uid, busNamespace);
    }

    /// <summary>An answer that there is no place for.</summary>
    public void AnswerBytes(long held, string uid, string busNamespace)
    {
        diagnostics.IgnoredAnswers.Add();
        if (_answerBytes.Begins())
            diagnostics.Logger.TooManyAnswers(held, uid, busNamespace);
    }

    /// <summary>An awaited answer that cannot be read.</summary>
    public void UnreadableAnswer(Exception exception, string uid)
    {
        diagnostics.Malformed.Add();
        if (!_unreadableAnswers.Begins())
            return;
        diagnostics.Logger.AnswerNotRead(exception, uid);
        diagnostics.Report(exception);
    }

    /// <summary>A question whose answer this node cannot send.</summary>
    public void Question(Exception exception, string uid)
    {
        if (!_questions.Begins())
            return;
        diagnostics.Logger.NotAnswered(exception, uid);
        diagnostics.Report(exception);
    }

    /// <summary>A node that there is no place for.</summary>
    public void Node(int known, string busNamespace)
    {
        diagnostics.RefusedNodes.Add();
        if (_nodes.Begins())
            diagnostics.Logger.TooManyNodes(known, busNamespace);
    }

    /// <summary>Another node's request that sockets join rooms, for which there is no place.</summary>
    public void Join(string uid, int memberships, string busNamespace)
    {
        diagnostics.RefusedJoins.Add();
        if (_joins.Begins())
            diagnostics.Logger.TooManyMemberships(uid, memberships, busNamespace);
    }

    /// <summary>A message in this node's name that it did not send.</summary>
    public void Impostor(string busNamespace)
    {
        diagnostics.Impostors.Add();
        if (_impostors.Begins())
            diagnostics.Logger.Impostor(busNamespace);
    }
}
