namespace EventBus.Generators.Model;

/// <summary>What an event's method returns, its answer aside.</summary>
internal enum EventReturn
{
    Void,
    Task,
    ValueTask,
}
