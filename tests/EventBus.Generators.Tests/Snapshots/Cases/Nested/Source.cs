namespace Chat;

public static class Outer
{
    [BroadcastEvent]
    internal interface IChatEvents
    {
        void Ping(Payload payload);
    }

    public record struct Payload(int Id);
}
