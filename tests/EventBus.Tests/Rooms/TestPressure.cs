using EventBus.Diagnostics;
using EventBus.Rooms;

namespace EventBus.Tests.Rooms;

/// <summary>The bounds of socket queues, for tests in which no queue is full.</summary>
internal static class TestPressure
{
    public static ReceivePressure Of(int maxEvents) => new(maxEvents, maxOverflow: 1, TimeSpan.FromSeconds(5), TimeProvider.System);
}

/// <summary>A wait for handlers, for tests in which every handler returns.</summary>
internal static class TestWait
{
    public static HandlerWait Of(BusDiagnostics diagnostics) => new(TimeSpan.FromMinutes(1), TimeProvider.System, diagnostics);
}
