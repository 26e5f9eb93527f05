namespace EventBus.Samples.Demo.Direction;

/// <summary>How an event travels.</summary>
internal enum Way
{
    /// <summary>Inside its notification.</summary>
    Notification,

    /// <summary>In the attachment table; the notification only names it.</summary>
    Attachment,
}
