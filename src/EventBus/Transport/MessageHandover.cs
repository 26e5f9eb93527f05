using System.Globalization;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>Hands what came over to the receiver, with what is missing before it, and counts, logs and reports what is lost or malformed. Not thread-safe: the pump's.</summary>
internal sealed class MessageHandover(ITransportReceiver receiver, BusDiagnostics diagnostics)
{
    /// <inheritdoc cref="ITransportReceiver.IsCongested"/>
    public bool IsCongested => receiver.IsCongested;

    public static bool IsEvent(MessageType type) => type is MessageType.Broadcast or MessageType.ServerSideEmit;

    /// <inheritdoc cref="ITransportReceiver.WaitUntilRelievedAsync"/>
    public Task WaitUntilRelievedAsync(CancellationToken giveUp) => receiver.WaitUntilRelievedAsync(giveUp);

    /// <summary>Hands over a message before which so many events are missing.</summary>
    public void HandOver(ClusterMessage message, long lost)
    {
        ReportGap(message.Key.Source, message.Namespace, lost);
        Tell(message, static (receiver, message) => receiver.OnMessage(message));
    }

    /// <summary>Reports an attachment that cannot be had, and that so many events are missing before it.</summary>
    public void ReportLost(in AttachmentHeader header, string busNamespace, long lost, string cause)
    {
        ReportGap(header.Key.Source, busNamespace, lost);
        diagnostics.Rejections.LostAttachment(header.AttachmentId, cause, IsEvent(header.Type));
        if (!IsEvent(header.Type))
            return;
        var attachment = new LostAttachment(header.AttachmentId.ToString(CultureInfo.InvariantCulture), header.Key.Source, busNamespace);
        Tell(attachment, static (receiver, attachment) => receiver.OnAttachmentLost(attachment));
    }

    public void ReportMalformed(Exception exception) => diagnostics.Rejections.Malformed(exception);

    /// <summary>Reports a message that came again or out of order.</summary>
    public void ReportLate(in SequenceKey key, string busNamespace) => diagnostics.Rejections.Late(key.Source!, busNamespace);

    public void Tell(Action<ITransportReceiver> news) => Tell(news, static (receiver, news) => news(receiver));

    private void ReportGap(string? source, string busNamespace, long lost)
    {
        if (lost == 0)
            return;
        diagnostics.Rejections.Gap(lost, source!, busNamespace);
        Tell(new EventGap(source!, busNamespace, lost), static (receiver, gap) => receiver.OnGap(gap));
    }

    private void Tell<TNews>(TNews news, Action<ITransportReceiver, TNews> tell)
    {
        try
        {
            tell(receiver, news);
        }
        catch (Exception exception) // A receiver must not throw; the pump goes on all the same.
        {
            diagnostics.Logger.ReceiverThrew(exception);
        }
    }
}
