namespace EventBus.Transport;

/// <summary>
/// The check of the publishing connection that other parts have requested, and the notification that it sends instead, if one was
/// requested. Thread-safe.
/// </summary>
internal sealed class RequestedChecks
{
    private volatile bool _isRequested;
    private RequestedNotification? _notification;

    /// <summary>Whether a check is requested.</summary>
    public bool IsRequested => _isRequested;

    public void Request() => _isRequested = true;

    /// <summary>Requests a check by an empty notification. It replaces an earlier one, whose task is cancelled.</summary>
    /// <returns>A task that completes when it is committed, and is cancelled if it is not.</returns>
    public Task RequestNotification(string channel)
    {
        var notification = new RequestedNotification(channel);
        Interlocked.Exchange(ref _notification, notification)?.TrySetCanceled();
        Request();
        return notification.Task;
    }

    /// <summary>Takes the request.</summary>
    /// <returns>The notification to send; null if any statement will do.</returns>
    public RequestedNotification? Take()
    {
        _isRequested = false;
        return Interlocked.Exchange(ref _notification, null);
    }

    /// <summary>Withdraws the request.</summary>
    public void Cancel() => Take()?.TrySetCanceled();
}

/// <summary>A notification to send. The task completes when it is committed.</summary>
internal sealed class RequestedNotification(string channel) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Channel => channel;
}
