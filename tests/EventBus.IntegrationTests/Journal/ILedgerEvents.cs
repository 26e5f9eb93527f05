namespace EventBus.IntegrationTests.Journal;

/// <summary>Journaled events, and others, in both forms.</summary>
[BroadcastEvent]
public interface ILedgerEvents
{
    [Journaled]
    void Placed([PartitionKey] string order, int number);

    [Journaled]
    void Filed(int number, byte[] scan);

    [Journaled]
    void Closed(int number);

    void Shown(int number);

    void Drawn(int number, byte[] image);
}
