namespace EventBus.InteropTests.SocketIo;

/// <summary>The events between .NET and JavaScript in these tests.</summary>
[BroadcastEvent]
public interface IInteropEvents
{
    /// <summary>A date, small enough for a notification.</summary>
    void Ping(DateTimeOffset at);

    /// <summary>A date beside binary, so it is attached.</summary>
    ValueTask Photo(string user, DateTimeOffset takenAt, ReadOnlyMemory<byte> jpeg);

    /// <summary>An object.</summary>
    ValueTask Order(InteropOrder order);
}
