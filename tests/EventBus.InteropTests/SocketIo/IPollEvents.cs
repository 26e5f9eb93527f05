namespace EventBus.InteropTests.SocketIo;

/// <summary>What .NET and JavaScript ask each other.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    /// <summary>Answered with a number.</summary>
    ValueTask<int> Vote(string question);

    /// <summary>Answered with an object or null.</summary>
    Task<InteropOrder?> Find(string customer, DateTimeOffset since);

    /// <summary>Binary, answered with binary.</summary>
    ValueTask<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> document);

    /// <summary>Answered with a text that no notification can hold.</summary>
    Task<string> Tell(string story);

    /// <summary>Answered without a value, which JavaScript does not need.</summary>
    ValueTask<DateTimeOffset?> Adjourned();
}
