using System.Globalization;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// Delivers received messages to the receiver, each after the gap before it, and counts, logs and reports lost and malformed messages. Not
/// thread-safe: the pump owns it.
/// </summary>
internal sealed class MessageDelivery(ITransportReceiver receiver, BusDiagnostics diagnostics)
{
    private static readonly TimeSpan AfterDefect = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="ITransportReceiver.IsCongested"/>
    public bool IsCongested => receiver.IsCongested;

    /// <summary>Whether a message must be read: it is no response, or there is a request that may await it.</summary>
    public bool IsAwaited(MessageType type, string busNamespace) =>
        type is not (MessageType.FetchSocketsResponse
            or MessageType.ServerSideEmitResponse
            or MessageType.BroadcastClientCount
            or MessageType.BroadcastAck)
        || receiver.HasRequests(busNamespace);

    /// <inheritdoc cref="ITransportReceiver.WaitUntilRelievedAsync"/>
    public Task WaitUntilRelievedAsync(CancellationToken giveUp) => receiver.WaitUntilRelievedAsync(giveUp);

    /// <summary>A notification was taken out of the receive queue.</summary>
    /// <param name="arrived">When it arrived; 0 if nobody measures it.</param>
    public void Taken(long arrived)
    {
        if (arrived != 0)
            diagnostics.Metrics.Waited("receive", arrived);
    }

    /// <summary>Delivers a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="lost">The number of events that are missing before it.</param>
    public void Deliver(ClusterMessage message, long lost)
    {
        ReportGap(message.Key.Source, message.Namespace, lost);
        Call(message, static (receiver, message) => receiver.OnMessage(message));
    }

    /// <summary>Tells the receiver that an event of this node is committed.</summary>
    public void ReportOwn(string busNamespace) => Call(busNamespace, static (receiver, name) => receiver.OnOwnEvent(name));

    /// <summary>Reports an attachment that cannot be read.</summary>
    /// <param name="header">The header of its notification.</param>
    /// <param name="busNamespace">The bus namespace.</param>
    /// <param name="lost">The number of events that are missing before it.</param>
    /// <param name="cause">The cause, for the log.</param>
    public void ReportLost(in AttachmentHeader header, string busNamespace, long lost, string cause)
    {
        ReportGap(header.Key.Source, busNamespace, lost);
        diagnostics.Rejections.LostAttachment(header.AttachmentId, cause, header.Type.IsEvent());
        if (!header.Type.IsEvent())
            return;
        var attachment = new LostAttachment(
            header.AttachmentId.ToString(CultureInfo.InvariantCulture), header.Key.Source, busNamespace);
        Call(attachment, static (receiver, attachment) => receiver.OnAttachmentLost(attachment));
    }

    /// <summary>Reports that the pump itself failed. Completes after a second, because a defect may repeat at once.</summary>
    public async Task ReportDefectAsync(Exception exception, TimeProvider time, CancellationToken stopping)
    {
        diagnostics.Logger.PumpFailed(exception);
        diagnostics.Report(exception);
        await Task.Delay(AfterDefect, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void ReportMalformed(Exception exception) => diagnostics.Rejections.Malformed(exception);

    /// <summary>Reports a message that arrived twice or out of order.</summary>
    public void ReportLate(in SequenceKey key, string busNamespace) => diagnostics.Rejections.Late(key.Source ?? "(Node.js)", busNamespace);

    /// <summary>Reports events that never arrived, if there are any.</summary>
    public void ReportGap(string? source, string busNamespace, long lost)
    {
        if (lost == 0)
            return;
        diagnostics.Rejections.Gap(lost, source!, busNamespace);
        Call(new EventGap(source!, busNamespace, lost), static (receiver, gap) => receiver.OnGap(gap));
    }

    /// <summary>Reports a state change of the transport.</summary>
    public void Report(Action<ITransportReceiver> change) => Call(change, static (receiver, change) => change(receiver));

    private void Call<TArgument>(TArgument argument, Action<ITransportReceiver, TArgument> call)
    {
        try
        {
            call(receiver, argument);
        }
        catch (Exception exception) // A receiver must not throw. If it does, the pump goes on.
        {
            diagnostics.Logger.ReceiverThrew(exception);
        }
    }
}
