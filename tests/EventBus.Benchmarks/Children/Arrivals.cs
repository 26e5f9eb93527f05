using System.Diagnostics;
using EventBus.Benchmarks.Events;

namespace EventBus.Benchmarks.Children;

/// <summary>
/// Counts the events that arrive, and measures their latencies. One event at a time is added; another thread may read the counts meanwhile.
/// </summary>
internal sealed class Arrivals : IBenchmarkEvents
{
    private const int MostLatencies = 1 << 22;

    private readonly int[] _latencies = new int[MostLatencies];
    private long _count;
    private long _warmUps;
    private long _first;
    private long _last;
    private long _lastNumber;

    /// <summary>The events that are not warm-up.</summary>
    public long Count => Volatile.Read(ref _count);

    public long WarmUps => Volatile.Read(ref _warmUps);

    /// <summary>The events that came after one with a higher number.</summary>
    public long Disordered { get; private set; }

    /// <summary>The time from the emit of the first event to the arrival of the last one.</summary>
    public double Seconds => _count == 0 ? 0 : Stopwatch.GetElapsedTime(_first, _last).TotalSeconds;

    public void Ping(long sentAt, long number) => Add(sentAt, number);

    public void Note(long sentAt, long number, string text) => Add(sentAt, number);

    public void Photo(long sentAt, long number, ReadOnlyMemory<byte> bytes) => Add(sentAt, number);

    /// <param name="sentAt">
    /// The <see cref="Stopwatch.GetTimestamp"/> of the publisher: the clock of the machine, the same in every process.
    /// </param>
    /// <param name="number">The number of the event.</param>
    public void Add(long sentAt, long number)
    {
        if (number < 0)
        {
            Volatile.Write(ref _warmUps, _warmUps + 1);
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (_count == 0)
            _first = sentAt;
        if (number < _lastNumber)
            Disordered++;
        _lastNumber = number;
        if (_count < MostLatencies)
            _latencies[_count] = (int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(sentAt, now).TotalMicroseconds);
        _last = now;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The latencies in microseconds that half of the events, and 99 of 100 events, do not exceed.</summary>
    public (double Half, double Of99) MeasureLatencies()
    {
        var latencies = _latencies.AsSpan(0, (int)Math.Min(_count, MostLatencies)).ToArray();
        Array.Sort(latencies);
        return latencies.Length == 0 ? (0, 0) : (latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)]);
    }
}
