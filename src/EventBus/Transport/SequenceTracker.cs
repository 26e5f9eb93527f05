using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// Counts, per source and bus namespace, the events that never arrived, and detects messages that arrive twice or late. Not thread-safe:
/// the pump owns it.
/// </summary>
/// <remarks>
/// Each event has its own number. Any other message repeats the number of the last event before it, so a heartbeat reveals a loss at the
/// end. Events that a source sent before its first received message are not counted. If too many sources are known, the least recently
/// seen one is forgotten. One forged message with a huge number would make every genuine message of that source late for ever. So a gap
/// above <see cref="MaxGap"/> is ignored, and if all messages of a source are out of order for <see cref="RestartDelay"/>, its new numbers
/// count.
/// </remarks>
internal sealed class SequenceTracker(
    string ownSource, TimeProvider time, BusDiagnostics diagnostics, int capacity = SequenceTracker.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;

    /// <summary>The largest gap that is accepted: more than a busy source publishes in a day.</summary>
    public const long MaxGap = 1_000_000_000;

    /// <summary>
    /// The time after which a source whose messages are all out of order is counted from its new number. Late commits of a lost connection
    /// end sooner.
    /// </summary>
    public static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(string Source, string Namespace), LinkedListNode<Position>> _positions = [];
    private readonly LinkedList<Position> _leastRecentFirst = [];

    /// <summary>The number of known sources, counted once per bus namespace.</summary>
    public int Count => _positions.Count;

    /// <summary>Compares the number of a received message with the expected one.</summary>
    /// <param name="key">The message's key.</param>
    /// <param name="isEvent">Whether the message is an event, so that it has a number of its own.</param>
    /// <param name="busNamespace">The bus namespace of its channel.</param>
    /// <param name="lost">The number of events that are missing before it.</param>
    /// <returns>False if the message arrived twice or late, and must be ignored.</returns>
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
        var first = isEvent ? position.Last + 1 : position.Last; // The number that it has if nothing is missing.
        if (number >= first && number - first <= MaxGap)
        {
            lost = number - first;
            position.Last = number;
            position.DoubtedSince = null;
            return true;
        }

        return CountsAnew(ref position, number);
    }

    /// <summary>Forgets all sources of a bus namespace that is no longer listened to: events missed from now on are no loss.</summary>
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
        if (elapsed < RestartDelay)
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

    /// <summary>The position of one source in one bus namespace.</summary>
    private struct Position
    {
        public required string Source { get; init; }

        public required string Namespace { get; init; }

        /// <summary>The number of the last event that was received or counted as lost.</summary>
        public required long Last;

        /// <summary>The timestamp since which all its messages were out of order.</summary>
        public long? DoubtedSince;
    }
}
