using EventBus.Diagnostics;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Durable;

/// <summary>The parts that the partitions of a group share. Thread-safe.</summary>
internal sealed class DurableWork
{
    private long _buried;
    private volatile bool _hasLetters = true; // until a look has shown that there are none
    private volatile bool _hasResumed = true;

    public required string Group { get; init; }

    public required int Partitions { get; init; }

    public required NpgsqlDataSource Connections { get; init; }

    public required JournalNames Names { get; init; }

    public required GroupTables Tables { get; init; }

    public required DeadLetters Letters { get; init; }

    public required JournalFilter Filter { get; init; }

    public required DurableEvents Events { get; init; }

    public required IDurableHandler Handler { get; init; }

    public required DurableOptions Options { get; init; }

    public required DurableSignal Signal { get; init; }

    public required TimeProvider Time { get; init; }

    public required BusDiagnostics Diagnostics { get; init; }

    /// <summary>Whether the group may have dead letters, in any state.</summary>
    public bool HasLetters
    {
        get => _hasLetters;
        set => _hasLetters = value;
    }

    /// <summary>The letters that were buried by this node.</summary>
    public long Buried => Volatile.Read(ref _buried);

    /// <summary>Notes that a letter was buried.</summary>
    public void Bury()
    {
        Interlocked.Increment(ref _buried);
        HasLetters = true;
    }

    /// <summary>Whether some dead letters may have to be handled again.</summary>
    public bool HasResumed
    {
        get => _hasResumed;
        set => _hasResumed = value;
    }
}
