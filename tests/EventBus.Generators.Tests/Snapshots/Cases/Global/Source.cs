[BroadcastEvent]
public interface ChatEvents
{
    void Ping(Payload payload);
}

[BroadcastEvent]
public interface IChatEvents
{
    void Ping(Payload payload);
}

public struct Payload
{
    public int Id;
}
