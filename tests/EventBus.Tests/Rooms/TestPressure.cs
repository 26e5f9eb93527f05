using EventBus.Rooms;

namespace EventBus.Tests.Rooms;

/// <summary>The bounds of socket queues, for tests in which no queue is full.</summary>
internal static class TestPressure
{
    public static ReceivePressure Of(int maxEvents) => new(maxEvents, maxOverflow: 1, TimeSpan.FromSeconds(5), TimeProvider.System);
}
