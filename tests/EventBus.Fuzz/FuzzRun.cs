using EventBus.Serialization;

namespace EventBus.Fuzz;

/// <summary>Decodes mutated messages and counts the results.</summary>
/// <param name="seed">The seed of all randomness.</param>
/// <param name="seeds">The messages to mutate.</param>
/// <param name="accepts">Decodes a message: <see cref="FuzzTarget.Accepts"/>, except in tests of the fuzzer itself.</param>
internal sealed class FuzzRun(int seed, FuzzSeed[] seeds, Func<ReadOnlyMemory<byte>, FuzzSeed, bool> accepts)
{
    // Two exceptions with their texts and stack traces: a packet is read as values, and then as parsed JSON.
    private const long AllocatedAnyway = 48 * 1024;

    // Many small values allocate most: one byte of MessagePack becomes an EventValue in a growing list.
    private const long AllocatedPerByte = 160;

    private const int Repeats = 3;

    private readonly FuzzSeed[] _json = Array.FindAll(seeds, seed => seed.Encoding is ValueEncoding.Json);
    private readonly FuzzSeed[] _messagePack = Array.FindAll(seeds, seed => seed.Encoding is ValueEncoding.MessagePack);
    private readonly Mutator _mutator = new(seed);
    private readonly Random _random = new(seed);
    private byte[] _current = [];
    private long _tried;

    public FuzzCount Json { get; } = new();

    public FuzzCount MessagePack { get; } = new();

    /// <summary>The number of messages so far. The watchdog reads it.</summary>
    public long Tried => Interlocked.Read(ref _tried);

    /// <summary>The present message. The watchdog reads it.</summary>
    public byte[] Current => Volatile.Read(ref _current);

    /// <summary>Decodes this number of messages of each encoding.</summary>
    /// <exception cref="FuzzFailure">A promise was broken.</exception>
    public void Try(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            Try(_json, Json);
            Try(_messagePack, MessagePack);
        }
    }

    private void Try(FuzzSeed[] candidates, FuzzCount count)
    {
        var seed = candidates[_random.Next(candidates.Length)];
        var mutated = _mutator.Mutate(seed, candidates[_random.Next(candidates.Length)]).ToArray();
        Volatile.Write(ref _current, mutated);
        Interlocked.Increment(ref _tried);
        var (isAccepted, allocated) = Measure(mutated, seed);

        // Now and then the runtime itself allocates something, once: an input that costs memory does so again.
        var limit = AllocatedAnyway + (AllocatedPerByte * mutated.Length);
        for (var i = 0; i < Repeats && allocated > limit; i++)
            (_, allocated) = Measure(mutated, seed);
        if (allocated > limit)
            throw new FuzzFailure($"{seed.Encoding}: {mutated.Length} bytes made the decoder allocate {allocated}.", mutated);
        count.Add(isAccepted, allocated, mutated.Length);
    }

    private (bool IsAccepted, long Allocated) Measure(byte[] mutated, FuzzSeed seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var isAccepted = accepts(mutated, seed);
            return (isAccepted, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (Exception exception)
        {
            throw new FuzzFailure($"{seed.Encoding}: {exception.Message}", mutated, exception);
        }
    }
}
