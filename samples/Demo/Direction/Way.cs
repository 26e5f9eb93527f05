namespace EventBus.Samples.Demo.Direction;

/// <summary>The form of an event on its way.</summary>
internal enum Way
{
    /// <summary>Inside its notification.</summary>
    Notification,

    /// <summary>A row of the attachment table. The notification has its id.</summary>
    Attachment,
}
