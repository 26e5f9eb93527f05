using System.Buffers;
using System.Runtime.CompilerServices;

namespace EventBus.Serialization;

/// <summary>
/// A bounded buffer for encoded values that grows in pooled memory. Not thread-safe. Dispose it to return its memory to the pool; then it
/// can be opened again.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialCapacity = 512;

    // A request for up to this many bytes always succeeds: it may be an estimate. The limit holds for the bytes that are written.
    private const int LargestEstimate = 1024;

    private int _maxBytes;
    private byte[]? _array;

    public PooledBuffer(int maxBytes = EventBusDefaults.MaxMessageBytes) => Open(maxBytes);

    private PooledBuffer()
    {
    }

    /// <summary>Whether it has memory: it was opened, and not disposed since.</summary>
    public bool IsOpen => _array is not null;

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => Array.AsMemory(0, Length);

    /// <inheritdoc cref="WrittenMemory"/>
    public ReadOnlySpan<byte> WrittenSpan => Array.AsSpan(0, Length);

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    /// <summary>Creates a buffer without memory.</summary>
    public static PooledBuffer Closed() => new();

    /// <summary>Rents the memory of a buffer that has none.</summary>
    public void Open(int maxBytes)
    {
        _maxBytes = maxBytes;
        _array = ArrayPool<byte>.Shared.Rent(InitialCapacity);
    }

    /// <summary>Returns free memory of at least <paramref name="sizeHint"/> bytes. Fill it and call <see cref="Advance"/>.</summary>
    /// <exception cref="EventSerializationException">The limit would be exceeded.</exception>
    public Span<byte> GetSpan(int sizeHint = 0) => EnsureFree(sizeHint).AsSpan(Length);

    /// <inheritdoc cref="GetSpan"/>
    public Memory<byte> GetMemory(int sizeHint = 0) => EnsureFree(sizeHint).AsMemory(Length);

    /// <summary>Counts <paramref name="count"/> bytes as written.</summary>
    /// <exception cref="EventSerializationException">The limit is exceeded.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Array.Length - Length), nameof(count));
        if (count > _maxBytes - Length)
            throw TooLarge();
        Length += count;
    }

    /// <summary>Counts <paramref name="count"/> bytes as written, and returns them to be filled: one check for memory and limit.</summary>
    /// <exception cref="EventSerializationException">The limit is exceeded.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Append(int count)
    {
        var length = Length;
        var array = _array;
        if (array is null || count > array.Length - length || count > _maxBytes - length)
            return GrowAndAppend(count);
        Length = length + count;
        return array.AsSpan(length, count);
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Removes the last bytes.</summary>
    public void RemoveLast(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Length, nameof(count));
        Length -= count;
    }

    /// <summary>Removes the bytes and keeps the memory.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (_array is not { } array)
            return;
        _array = null;
        Length = 0;
        ArrayPool<byte>.Shared.Return(array);
    }

    private Span<byte> GrowAndAppend(int count)
    {
        var span = GetSpan(count)[..count];
        Advance(count);
        return span;
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

    private EventSerializationException TooLarge() =>
        new($"The message is larger than the {_maxBytes} bytes allowed.") { IsOfLength = true };
}
