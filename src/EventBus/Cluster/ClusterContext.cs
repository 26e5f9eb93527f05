using System.Collections.Concurrent;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>The parts of one node that its memberships share.</summary>
internal sealed record ClusterContext
{
    public required ITransport Transport { get; init; }

    public required EventBusOptions Options { get; init; }

    public required TimeProvider Time { get; init; }

    public required BusDiagnostics Diagnostics { get; init; }

    /// <summary>The bounds of the queues of its sockets, and the full ones.</summary>
    public required ReceivePressure Pressure { get; init; }

    /// <summary>Whether the node receives what the others send.</summary>
    public required Reception Reception { get; init; }

    /// <summary>Waits for handlers that are to end.</summary>
    public required HandlerWait HandlerWait { get; init; }

    /// <summary>Completes when the start of the node begins, or when the node stops. It does not fail.</summary>
    public required Task Begun { get; init; }

    /// <summary>Completes when the node receives messages. It is cancelled if the node stops before.</summary>
    public required Task Started { get; init; }

    /// <summary>Cancelled when the node stops.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>The adapters of the bus namespaces to which the node listens.</summary>
    public ConcurrentDictionary<string, ClusterAdapter> Listening { get; } = new(StringComparer.Ordinal);
}
