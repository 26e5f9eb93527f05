namespace EventBus.Transport;

/// <summary>
/// The last number of one source in one bus namespace, the backend that it publishes with, and the others that use its numbers. Not
/// thread-safe.
/// </summary>
internal sealed class SourcePosition(string source, string busNamespace, Backend home, long last)
{
    /// <summary>The most suspects at a time. Messages of further ones are delivered, but never counted.</summary>
    private const int MaxSuspects = 32;

    private readonly List<Suspect> _suspects = [];
    private (Backend Home, long Last)? _former; // before a suspect was adopted only because the source was silent

    public string Source { get; } = source;

    public string Namespace { get; } = busNamespace;

    /// <summary>The backend that counts as the source's.</summary>
    public Backend Home { get; private set; } = home;

    /// <summary>The number of the last event that was received or counted as lost.</summary>
    public long Last { get; private set; } = last;

    /// <summary>The timestamp since which all messages of its backend were out of order.</summary>
    public long? DoubtedSince { get; set; }

    /// <summary>The suspects in the order of their first messages.</summary>
    public IReadOnlyList<Suspect> Suspects => _suspects;

    private string? Role => (_former?.Home ?? Home).Role;

    /// <summary>The number of events that are missing before a message; negative if it is late.</summary>
    public static long Missing(long last, long number, bool isEvent) => isEvent ? number - last - 1 : number - last;

    /// <summary>Whether a backend is certainly the source's: it has the same role, or more authority than the present one.</summary>
    public bool Owns(Backend backend) =>
        backend == _former?.Home || (backend.Role is { } role && (role == Role || IsSuperseded(backend)));

    /// <summary>Whether a backend is certainly not the source's.</summary>
    public bool Excludes(Backend backend) => backend.Role is { } role && Role is { } own && role != own && !Owns(backend);

    /// <summary>Takes a message of the source's backend.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isEvent">Whether it is an event.</param>
    /// <param name="lost">The number of events that are missing before it.</param>
    /// <returns>False if it is out of order.</returns>
    public bool TryAdvance(long number, bool isEvent, out long lost)
    {
        lost = 0;
        var missing = Missing(Last, number, isEvent);
        if (missing is < 0 or > SequenceTracker.MaxGap)
            return false;
        lost = missing;
        if (_suspects.Count > 0)
        {
            lost = Math.Max(0, missing - TakeReceived(isEvent ? number - 1 : number));
            _suspects.ForEach(static suspect => suspect.IsContradicted = true);
        }

        Last = number;
        DoubtedSince = null;
        return true;
    }

    /// <summary>Takes a message of a backend that may be the source's or not.</summary>
    /// <returns>False if it is out of order.</returns>
    public bool TryTake(Backend backend, long number, bool isEvent, long now)
    {
        var isInOrder = Missing(Last, number, isEvent) is >= 0 and <= SequenceTracker.MaxGap;
        var suspect = Find(backend);
        if (suspect is { IsOutOfOrder: true } && isInOrder)
        {
            _suspects.Remove(suspect);
            suspect = null;
        }

        if (suspect is null && _suspects.Count < MaxSuspects)
            _suspects.Add(suspect = new Suspect(backend, isEvent ? number - 1 : number, now, !isInOrder));
        return suspect?.TryTake(number, isEvent) ?? isInOrder;
    }

    /// <summary>The source publishes with this backend from now on.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="last">The number of the last event before its next message.</param>
    /// <returns>The number of events that are missing before its events as a suspect, and among them.</returns>
    public long MoveTo(Backend backend, long last)
    {
        var suspect = Find(backend);
        if (suspect is { IsOutOfOrder: false })
            last = suspect.First - 1;
        if (_former is { } former)
        {
            // If this does not follow the suspect that was adopted, that was not the source.
            if (former.Last > Last || last < Last)
                Last = former.Last;
            Home = former.Home;
            _former = null;
        }

        // The numbers of a foreign role mean nothing. If the role is not known, they do if this can follow them.
        if (IsSuperseded(backend) && (Home.Role is not null || last < Last))
            Last = last;
        Home = backend;
        return suspect is null ? 0 : Follow(suspect);
    }

    /// <summary>Counts a suspect as the source's backend, because the other one is silent. If that one returns, this is undone.</summary>
    /// <returns>The number of events that are missing.</returns>
    public long Adopt(Suspect suspect)
    {
        _former ??= (Home, Last);
        Home = suspect.Backend;
        if (suspect.IsOutOfOrder)
            Last = suspect.Last;
        return Follow(suspect);
    }

    /// <summary>Goes on with the number of a message, whatever was expected.</summary>
    public void Restart(long number)
    {
        Last = number;
        DoubtedSince = null;
    }

    public void Remove(Suspect suspect) => _suspects.Remove(suspect);

    private Suspect? Find(Backend backend) => _suspects.Find(suspect => suspect.Backend == backend);

    private long Follow(Suspect suspect)
    {
        _suspects.Remove(suspect);
        if (suspect.IsOutOfOrder)
            return 0;
        if (suspect.First <= Last)
        {
            Last = Math.Max(Last, suspect.Last);
            return suspect.Lost;
        }

        // Behind a pooler a source publishes with several backends in turn: a number that one lacks may be that of another.
        var (end, received) = (suspect.Last, suspect.Received);
        while (_suspects.Find(other => !other.IsOutOfOrder && other.First > Last && other.First <= end && Owns(other.Backend)) is { } other)
        {
            _suspects.Remove(other);
            (end, received) = (Math.Max(end, other.Last), received + other.Received);
        }

        var lost = Math.Max(0, end - Last - received - TakeReceived(end));
        Last = end;
        return lost;
    }

    /// <summary>
    /// Removes the suspects between the last number and another: they were the source's. Returns the number of their events.
    /// </summary>
    private long TakeReceived(long end)
    {
        var received = 0L;
        for (var i = _suspects.Count - 1; i >= 0; i--)
        {
            var suspect = _suspects[i];
            if (suspect.IsOutOfOrder || suspect.First <= Last || suspect.Last > end)
                continue;
            received += suspect.Received;
            _suspects.RemoveAt(i);
        }

        return received;
    }

    private bool IsSuperseded(Backend backend) =>
        (backend.IsOwn && Home is { Found: not null, IsOwn: false }) || (backend.Role is not null && Home.IsGone && Role is null);
}
