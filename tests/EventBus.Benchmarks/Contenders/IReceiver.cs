using EventBus.Benchmarks.Children;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The receiving side of a contender.</summary>
internal interface IReceiver : IAsyncDisposable
{
    /// <summary>The losses that the contender itself reports.</summary>
    long Lost => 0;

    /// <summary>The events that the contender dropped because a handler was slow.</summary>
    long Dropped => 0;

    /// <summary>Completes when every later event of the room is received.</summary>
    Task ListenAsync(Arrivals arrivals, string room);
}
