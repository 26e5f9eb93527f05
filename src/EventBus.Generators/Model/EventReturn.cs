namespace EventBus.Generators.Model;

/// <summary>What an event's method returns.</summary>
internal enum EventReturn
{
    Void,
    Task,
    ValueTask,
}
