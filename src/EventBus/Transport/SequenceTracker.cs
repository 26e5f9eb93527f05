using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>Counts, per source and bus namespace, the events that never arrived, and recognises those that come too late. Not thread-safe: the pump's.</summary>
/// <remarks>
/// Events carry their own number, all other messages that of the last event before them, so a heartbeat reveals a loss at the tail. What a source sent
/// before it was first seen is not counted. The least recently seen source makes room for a new one when too many are known.
/// One forged message with a huge number would make everything that its source really sends come too late, for ever. So a gap that is too large to be one is not
/// believed, and a source of which nothing has been in order for some seconds is taken to count anew.
/// </remarks>
internal sealed class SequenceTracker(string ownSource, TimeProvider time, BusDiagnostics diagnostics, int capacity = SequenceTracker.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;

    /// <summary>The largest gap that is believed: more than a busy source publishes in a day.</summary>
    public const long MaxGap = 1_000_000_000;

    /// <summary>How long a source may send nothing but what is out of order, until it is taken to count anew. What a lost connection commits late is over sooner.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(string Source, string Namespace), LinkedListNode<Position>> _positions = [];
    private readonly LinkedList<Position> _leastRecentFirst = [];

    /// <summary>How many sources are known, counted once per bus namespace.</summary>
    public int Count => _positions.Count;

    /// <summary>Takes note of a message.</summary>
    /// <param name="key">The message's key.</param>
    /// <param name="isEvent">Whether it has a number of its own.</param>
    /// <param name="busNamespace">The bus namespace it came in.</param>
    /// <param name="lost">How many events are missing before it.</param>
    /// <returns>False where it came again or too late, and must be ignored.</returns>
    public bool TryAccept(in SequenceKey key, bool isEvent, string busNamespace, out long lost)
    {
        lost = 0;
        if (key is not { Source: { } source, Number: { } number, UniqueId: null } || source == ownSource)
            return true;

        if (!_positions.TryGetValue((source, busNamespace), out var node))
        {
            Add(new Position { Source = source, Namespace = busNamespace, Last = number });
            return true;
        }

        MarkRecent(node);
        ref var position = ref node.ValueRef;
        var first = isEvent ? position.Last + 1 : position.Last; // The number that it has when nothing is missing.
        if (number >= first && number - first <= MaxGap)
        {
            lost = number - first;
            position.Last = number;
            position.DoubtedSince = null;
            return true;
        }

        return CountsAnew(ref position, number);
    }

    /// <summary>Forgets all sources in a bus namespace, because it is no longer listened to: what is missed from now on is no loss.</summary>
    public void Forget(string busNamespace)
    {
        for (var node = _leastRecentFirst.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Namespace == busNamespace)
                Remove(node);
            node = next;
        }
    }

    private bool CountsAnew(ref Position position, long number)
    {
        var elapsed = time.GetElapsedTime(position.DoubtedSince ??= time.GetTimestamp());
        if (elapsed < Patience)
            return false;

        diagnostics.Rejections.Restart(elapsed, position.Source, position.Namespace, number);
        position.Last = number;
        position.DoubtedSince = null;
        return true;
    }

    private void Add(Position position)
    {
        if (_positions.Count == capacity)
        {
            Remove(_leastRecentFirst.First!);
            diagnostics.ForgottenSources.Add();
        }

        _positions.Add((position.Source, position.Namespace), _leastRecentFirst.AddLast(position));
    }

    private void Remove(LinkedListNode<Position> node)
    {
        _positions.Remove((node.Value.Source, node.Value.Namespace));
        _leastRecentFirst.Remove(node);
    }

    private void MarkRecent(LinkedListNode<Position> node)
    {
        if (node == _leastRecentFirst.Last)
            return;
        _leastRecentFirst.Remove(node);
        _leastRecentFirst.AddLast(node);
    }

    /// <summary>How far one source has come in one bus namespace.</summary>
    private struct Position
    {
        public required string Source { get; init; }

        public required string Namespace { get; init; }

        /// <summary>The last event that was received or counted as lost.</summary>
        public required long Last;

        /// <summary>Since when everything of it was out of order.</summary>
        public long? DoubtedSince;
    }
}
