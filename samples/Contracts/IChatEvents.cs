using EventBus;

namespace Chat;

[BroadcastEvent]
public interface IChatEvents
{
    void Ping(DateTimeOffset at);                                   // handled synchronously
    ValueTask Message(string user, string text);                    // handled asynchronously
    ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg);        // binary: always travels as an attachment
    ValueTask<int> Vote(string question);                           // acknowledged: each receiver returns a value
}
