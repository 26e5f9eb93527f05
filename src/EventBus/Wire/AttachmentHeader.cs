namespace EventBus.Wire;

/// <summary>The notification of an attached message: <c>{"uid":…,"type":…,"attachmentId":"…"}</c>, and EventBus's own key where a .NET node sent it.</summary>
internal readonly record struct AttachmentHeader(string Uid, MessageType Type, long AttachmentId, SequenceKey Key);
