using EventBus.IntegrationTests.Journal;

namespace EventBus.IntegrationTests.Durable;

/// <summary>A handler of a contract that cannot be durable.</summary>
internal sealed class LedgerHandler : ILedgerEvents
{
    public void Placed(string order, int number) => throw new NotSupportedException();

    public void Filed(int number, byte[] scan) => throw new NotSupportedException();

    public void Closed(int number) => throw new NotSupportedException();

    public void Shown(int number) => throw new NotSupportedException();

    public void Drawn(int number, byte[] image) => throw new NotSupportedException();
}
