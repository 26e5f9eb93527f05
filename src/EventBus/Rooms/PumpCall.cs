namespace EventBus.Rooms;

/// <summary>
/// A call of the pump, which delivers all messages of a node. Subscribers of the application are not called inside it, because a
/// blocking subscriber would stop all reception.
/// </summary>
internal static class PumpCall
{
    [ThreadStatic]
    private static bool _isCurrent;

    /// <summary>Whether the current thread is inside a call of the pump.</summary>
    public static bool IsCurrent => _isCurrent;

    /// <summary>Runs an action as a call of the pump.</summary>
    public static void Run<TReceiver, TMessage>(TReceiver receiver, TMessage message, Action<TReceiver, TMessage> action)
    {
        var previous = _isCurrent;
        _isCurrent = true;
        try
        {
            action(receiver, message);
        }
        finally
        {
            _isCurrent = previous;
        }
    }
}
