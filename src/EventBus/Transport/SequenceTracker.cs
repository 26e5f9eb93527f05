using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// Counts, per source and bus namespace, the events that never arrived, and detects messages that arrive twice or late. Not thread-safe:
/// the pump owns it.
/// </summary>
/// <remarks>
/// <para>
/// Each event has its own number. Any other message repeats the number of the last event before it, so a heartbeat reveals a loss at the
/// end. Events that a source sent before its first received message are not counted. If too many sources are known, the least recently
/// seen one is forgotten.
/// </para>
/// <para>
/// Numbers can be forged, backends cannot. So only the numbers of the source's own backend count at once. Messages of another one are
/// delivered, but count only when it is confirmed: its role is the one of the source, or the source's backend is silent for longer than a
/// heartbeat interval. A gap above <see cref="MaxGap"/> is ignored, and if all messages of the source's backend are out of order for
/// <see cref="RestartDelay"/>, its new numbers count.
/// </para>
/// </remarks>
internal sealed class SequenceTracker : IDisposable
{
    public const int DefaultCapacity = 4096;

    /// <summary>The largest gap that is accepted: more than a busy source publishes in a day.</summary>
    public const long MaxGap = 1_000_000_000;

    /// <summary>
    /// The time after which a source whose messages are all out of order is counted from its new number. Late commits of a lost connection
    /// end sooner.
    /// </summary>
    public static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(3);

    private readonly string _ownSource;
    private readonly Backends _backends;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly int _capacity;
    private readonly TimeSpan _checkInterval;
    private readonly ITimer _timer;
    private readonly Dictionary<(string Source, string Namespace), LinkedListNode<SourcePosition>> _positions = [];
    private readonly LinkedList<SourcePosition> _leastRecentFirst = [];
    private readonly HashSet<SourcePosition> _unsettled = []; // sources with suspects
    private int _settledVersion;
    private volatile bool _isCheckDue;

    /// <param name="ownSource">The source of this node, which is not counted.</param>
    /// <param name="backends">The senders of notifications.</param>
    /// <param name="heartbeatInterval">The interval in which a source that lives sends at least one message.</param>
    /// <param name="wake">Called on any thread when <see cref="IsDue"/> may have become true.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts and logs.</param>
    /// <param name="capacity">The most sources, counted once per bus namespace.</param>
    public SequenceTracker(
        string ownSource,
        Backends backends,
        TimeSpan heartbeatInterval,
        Action wake,
        TimeProvider time,
        BusDiagnostics diagnostics,
        int capacity = DefaultCapacity)
    {
        _ownSource = ownSource;
        _backends = backends;
        _time = time;
        _diagnostics = diagnostics;
        _capacity = capacity;
        Patience = heartbeatInterval * 1.5;
        _checkInterval = heartbeatInterval / 4;
        _timer = time.CreateBackgroundTimer(_ => Check(wake), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The time for which a source is silent before another backend counts as its own. A check follows within a quarter of the heartbeat
    /// interval, so a gap is reported within two intervals.
    /// </summary>
    public TimeSpan Patience { get; }

    /// <summary>The number of known sources, counted once per bus namespace.</summary>
    public int Count => _positions.Count;

    /// <summary>Whether <see cref="Settle"/> may have something to do.</summary>
    public bool IsDue => _unsettled.Count > 0 && (_isCheckDue || _settledVersion != _backends.Version);

    /// <summary>Compares the number of a received message with the expected one.</summary>
    /// <param name="key">The message's key.</param>
    /// <param name="isEvent">Whether the message is an event, so that it has a number of its own.</param>
    /// <param name="busNamespace">The bus namespace of its channel.</param>
    /// <param name="pid">The backend that has sent it; 0 if there are none.</param>
    /// <param name="lost">The number of events that are missing before it, as far as they are known to be missing.</param>
    /// <returns>False if the message arrived twice or late, and must be ignored.</returns>
    public bool TryAccept(in SequenceKey key, bool isEvent, string busNamespace, int pid, out long lost)
    {
        lost = 0;
        if (key is not { Source: { } source, Number: { } number, UniqueId: null } || source == _ownSource)
            return true;

        if (!_positions.TryGetValue((source, busNamespace), out var node))
        {
            Add(new SourcePosition(source, busNamespace, _backends.Of(pid), number));
            return true;
        }

        MarkRecent(node);
        return node.Value.Home.Pid == pid
            ? TryAdvance(node.Value, number, isEvent, out lost)
            : TryAcceptOther(node.Value, _backends.Of(pid), number, isEvent, out lost);
    }

    /// <summary>Decides about the backends that were not known to be those of their sources, as far as possible now.</summary>
    /// <param name="reportGap">Called with the source, the bus namespace and the number of events that turned out to be missing.</param>
    public void Settle(Action<string, string, long> reportGap)
    {
        _settledVersion = _backends.Version;
        _isCheckDue = false;
        foreach (var position in _unsettled.ToArray())
        {
            var lost = 0L;
            foreach (var suspect in position.Suspects.ToArray())
                lost += position.Suspects.Contains(suspect) ? Judge(position, suspect) : 0;
            if (lost > 0)
                reportGap(position.Source, position.Namespace, lost);
            if (position.Suspects.Count == 0)
                Forget(position);
        }
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

    public void Dispose() => _timer.Dispose();

    private bool TryAdvance(SourcePosition position, long number, bool isEvent, out long lost)
    {
        if (position.TryAdvance(number, isEvent, out lost))
            return true;
        var elapsed = _time.GetElapsedTime(position.DoubtedSince ??= _time.GetTimestamp());
        if (elapsed < RestartDelay)
            return false;
        Restart(position, number, elapsed);
        return true;
    }

    private bool TryAcceptOther(SourcePosition position, Backend backend, long number, bool isEvent, out long lost)
    {
        if (position.Owns(backend))
        {
            var before = position.MoveTo(backend, isEvent ? number - 1 : number);
            var isAccepted = TryAdvance(position, number, isEvent, out lost);
            lost += before;
            return isAccepted;
        }

        lost = 0;
        _diagnostics.Unconfirmed.Add();
        if (position.Excludes(backend))
        {
            _diagnostics.Rejections.ForgedNumber(position.Source, position.Namespace, backend.Pid, backend.Role);

            // A copy of an old message is late. If the source's own role is in doubt, this may be the real one.
            return !position.Home.IsOwn || SourcePosition.Missing(position.Last, number, isEvent) >= 0;
        }

        if (_unsettled.Count == 0)
            _timer.Change(_checkInterval, _checkInterval);
        _unsettled.Add(position);
        return position.TryTake(backend, number, isEvent, _time.GetTimestamp());
    }

    private long Judge(SourcePosition position, Suspect suspect)
    {
        var backend = suspect.Backend;
        if (position.Owns(backend))
            return position.MoveTo(backend, suspect.Last);
        var elapsed = _time.GetElapsedTime(suspect.Since);
        var isExcluded = position.Excludes(backend);
        if (!isExcluded && elapsed < Patience)
            return 0;
        if (isExcluded || suspect.IsContradicted)
        {
            position.Remove(suspect);
            _diagnostics.Rejections.ForgedNumber(position.Source, position.Namespace, backend.Pid, backend.Role);
            return 0;
        }

        if (suspect.IsOutOfOrder)
            _diagnostics.Rejections.Restart(elapsed, position.Source, position.Namespace, suspect.Last);
        return position.Adopt(suspect);
    }

    private void Restart(SourcePosition position, long number, TimeSpan elapsed)
    {
        _diagnostics.Rejections.Restart(elapsed, position.Source, position.Namespace, number);
        position.Restart(number);
    }

    private void Check(Action wake)
    {
        _isCheckDue = true;
        wake();
    }

    private void Add(SourcePosition position)
    {
        if (_positions.Count == _capacity)
        {
            Remove(_leastRecentFirst.First!);
            _diagnostics.ForgottenSources.Add();
        }

        _positions.Add((position.Source, position.Namespace), _leastRecentFirst.AddLast(position));
    }

    private void Remove(LinkedListNode<SourcePosition> node)
    {
        _positions.Remove((node.Value.Source, node.Value.Namespace));
        _leastRecentFirst.Remove(node);
        Forget(node.Value);
    }

    private void Forget(SourcePosition position)
    {
        if (_unsettled.Remove(position) && _unsettled.Count == 0)
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void MarkRecent(LinkedListNode<SourcePosition> node)
    {
        if (node == _leastRecentFirst.Last)
            return;
        _leastRecentFirst.Remove(node);
        _leastRecentFirst.AddLast(node);
    }
}
