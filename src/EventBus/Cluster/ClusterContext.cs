using System.Collections.Concurrent;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>What the memberships of one node share.</summary>
internal sealed record ClusterContext
{
    public required ITransport Transport { get; init; }

    public required ClusterSettings Settings { get; init; }

    public required TimeProvider Time { get; init; }

    public required BusDiagnostics Diagnostics { get; init; }

    /// <summary>The bounds of the queues of its sockets, and the full ones.</summary>
    public required ReceivePressure Pressure { get; init; }

    /// <summary>Completes when the node receives, or is cancelled where it stops before.</summary>
    public required Task Started { get; init; }

    /// <summary>Cancelled when the node stops.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>The bus namespaces that are listened to, and who takes what comes in there.</summary>
    public ConcurrentDictionary<string, ClusterAdapter> Listening { get; } = new(StringComparer.Ordinal);
}
