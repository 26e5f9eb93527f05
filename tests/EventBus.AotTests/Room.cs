namespace EventBus.AotTests;

/// <summary>The rooms of a contract on a node.</summary>
internal static class Room
{
    /// <summary>The handler that forwards is here.</summary>
    public static string Of<TContract>(string node) => $"{node}/{typeof(TContract).FullName}";

    /// <summary>The same handler alone, so that every socket of the room acknowledges.</summary>
    public static string OfAcks<TContract>(string node) => Of<TContract>(node) + "/acks";

    /// <summary>The handler forwards the events to this room.</summary>
    public static string OfEcho<TContract>(string node) => Of<TContract>(node) + "/echo";
}
