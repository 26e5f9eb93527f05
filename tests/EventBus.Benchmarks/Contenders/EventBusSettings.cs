namespace EventBus.Benchmarks.Contenders;

/// <summary>The options of EventBus: the defaults. Failures go to standard error, so that none stays unseen.</summary>
internal static class EventBusSettings
{
    public static EventBusOptions Create() => new()
    {
        ErrorHandler = static exception => Console.Error.WriteLine(exception.Message),
    };
}
