namespace EventBus.Benchmarks.Direction;

/// <summary>A measured quantity. Times are in microseconds of one event, if the name has no other unit.</summary>
internal enum Metric
{
    /// <summary>The events that arrive in a second; if there is no receiver, the events that are published.</summary>
    Rate,
    Sent,
    P50,
    P99,
    PublisherCpu,
    ReceiverCpu,
    PostgresCpu,
    PublisherBytes,
    ReceiverBytes,

    /// <summary>The events that did not arrive, of all receivers together.</summary>
    Lost,
    Dropped,
    Disordered,

    /// <summary>From the start of a process to its first event.</summary>
    StartMilliseconds,
    OneRoomNanoseconds,
    OneRoomBytes,
    TwoRoomsNanoseconds,
    HandlerNanoseconds,
    HandlerBytes,
    EmptyRoomMicroseconds,
    EmptyRoomBytes,
}
