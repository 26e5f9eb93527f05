using System.Buffers;

namespace EventBus.Serialization;

/// <summary>The growing, pooled and bounded memory that values are written into. Not thread-safe; disposing it gives its memory back.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialCapacity = 512;

    // Asking for this much always succeeds, for it may be an estimate; what is really written is checked against the limit.
    private const int LargestEstimate = 1024;

    private readonly int _maxBytes;
    private byte[]? _array;

    public PooledBuffer(int maxBytes = EventBusDefaults.MaxMessageBytes)
    {
        _maxBytes = maxBytes;
        _array = ArrayPool<byte>.Shared.Rent(InitialCapacity);
    }

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => Array.AsMemory(0, Length);

    /// <inheritdoc cref="WrittenMemory"/>
    public ReadOnlySpan<byte> WrittenSpan => Array.AsSpan(0, Length);

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    /// <summary>Free memory of at least <paramref name="sizeHint"/> bytes, to be filled and then counted by <see cref="Advance"/>.</summary>
    /// <exception cref="EventSerializationException">So much would pass the limit.</exception>
    public Span<byte> GetSpan(int sizeHint = 0) => EnsureFree(sizeHint).AsSpan(Length);

    /// <inheritdoc cref="GetSpan"/>
    public Memory<byte> GetMemory(int sizeHint = 0) => EnsureFree(sizeHint).AsMemory(Length);

    /// <summary>Counts <paramref name="count"/> bytes as written.</summary>
    /// <exception cref="EventSerializationException">The limit is passed.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Array.Length - Length), nameof(count));
        if (count > _maxBytes - Length)
            throw TooLarge();
        Length += count;
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Forgets what is written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (_array is not { } array)
            return;
        _array = null;
        Length = 0;
        ArrayPool<byte>.Shared.Return(array);
    }

    private byte[] EnsureFree(int sizeHint)
    {
        var array = Array;
        return array.Length - Length >= Math.Max(sizeHint, 1) ? array : Grow(array, Math.Max(sizeHint, 1));
    }

    private byte[] Grow(byte[] array, int sizeHint)
    {
        var needed = (long)Length + sizeHint;
        if ((sizeHint > LargestEstimate && needed > _maxBytes) || needed > System.Array.MaxLength)
            throw TooLarge();
        var doubled = Math.Min(2L * array.Length, Math.Min((long)_maxBytes + LargestEstimate, System.Array.MaxLength));
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, doubled));
        array.AsSpan(0, Length).CopyTo(larger);
        _array = larger;
        ArrayPool<byte>.Shared.Return(array);
        return larger;
    }

    private EventSerializationException TooLarge() => new($"The message is larger than the {_maxBytes} bytes allowed.") { IsOfLength = true };
}
