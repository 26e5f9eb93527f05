namespace EventBus.InteropTests.SocketIo;

/// <summary>The acknowledged events between .NET and JavaScript.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    /// <summary>Acknowledged with a number.</summary>
    ValueTask<int> Vote(string question);

    /// <summary>Acknowledged with an object or null.</summary>
    Task<InteropOrder?> Find(string customer, DateTimeOffset since);

    /// <summary>Binary, acknowledged with binary.</summary>
    ValueTask<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> document);

    /// <summary>Acknowledged with a text that exceeds a notification.</summary>
    Task<string> Tell(string story);

    /// <summary>Acknowledged without a value, as JavaScript may do.</summary>
    ValueTask<DateTimeOffset?> Adjourned();
}
