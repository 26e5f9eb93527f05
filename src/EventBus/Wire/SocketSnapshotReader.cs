using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Reads the sockets of an answer to FETCH_SOCKETS.</summary>
internal static class SocketSnapshotReader
{
    public static IReadOnlyList<SocketSnapshot> ReadAll<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct => throw new NotImplementedException();
}
