using System.Text.Json.Nodes;

namespace EventBus.Chaos.Children;

/// <summary>A receiver: counts the events of each publisher, finds repeated ones and those out of order, and measures delays.</summary>
internal sealed class Arrivals : IChaosEvents
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Track> _tracks = [];
    private readonly List<double> _delays = [];
    private TaskCompletionSource? _blocked;

    /// <summary>Makes every further call wait, without end, until <see cref="Unblock"/>.</summary>
    public void Block() => Volatile.Write(ref _blocked, new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Unblock() => Interlocked.Exchange(ref _blocked, null)?.SetResult();

    public ValueTask Tick(int publisher, long number, double sentAt, string padding) => Take(publisher, number, sentAt);

    public ValueTask Photo(int publisher, long number, double sentAt, ReadOnlyMemory<byte> bytes) => Take(publisher, number, sentAt);

    /// <summary>
    /// For each publisher: the first and the last number, how many arrived, and how many of them did not follow the last.
    /// </summary>
    public JsonObject Describe()
    {
        lock (_lock)
        {
            return new JsonObject(_tracks.Select(static track => KeyValuePair.Create<string, JsonNode?>($"{track.Key}", new JsonObject
            {
                ["first"] = track.Value.First,
                ["last"] = track.Value.Last,
                ["count"] = track.Value.Count,
                ["disordered"] = track.Value.Disordered,
            })));
        }
    }

    /// <summary>Returns the delays since the last call, in milliseconds.</summary>
    public double[] TakeDelays()
    {
        lock (_lock)
        {
            double[] delays = [.. _delays];
            _delays.Clear();
            return delays;
        }
    }

    private ValueTask Take(int publisher, long number, double sentAt)
    {
        var delay = Clock.Milliseconds - sentAt;
        lock (_lock)
        {
            if (!_tracks.TryGetValue(publisher, out var track))
                _tracks[publisher] = track = new Track(number);
            track.Take(number);
            _delays.Add(delay);
        }

        return Volatile.Read(ref _blocked) is { } blocked ? new ValueTask(blocked.Task) : ValueTask.CompletedTask;
    }

    private sealed class Track(long first)
    {
        public long First { get; } = first;

        public long Last { get; private set; } = first - 1;

        public long Count { get; private set; }

        public long Disordered { get; private set; }

        public void Take(long number)
        {
            Count++;
            Disordered += number > Last ? 0 : 1;
            Last = Math.Max(Last, number);
        }
    }
}
