namespace Chat;

[BroadcastEvent]
public interface IPollEvents : IRootEvents
{
    /// <summary>Asks everyone.</summary>
    ValueTask<int> Vote(string question, int choices = 2);

    Task<Ballot?> Read();

    [Obsolete]
    ValueTask<(byte[] Seal, string? Note)> Seal();

    // Nodes keep this name for themselves, so there is no server-side sender.
    void Connection(int id);
}

[BroadcastEvent]
public interface IRootEvents
{
    [EventName("new_namespace")]
    ValueTask<long> Count();
}

public sealed record Ballot(string Choice);
