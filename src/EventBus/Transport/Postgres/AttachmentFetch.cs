using System.Buffers;

namespace EventBus.Transport.Postgres;

/// <summary>One attachment that is being read ahead of its turn.</summary>
internal sealed class AttachmentFetch(long id)
{
    private byte[]? _buffer;
    private int _length;
    private volatile bool _isReady;

    public long Id { get; } = id;

    /// <summary>Whether it has been read, or never will be.</summary>
    public bool IsReady => _isReady;

    /// <summary>Why it cannot be had; null where it was read.</summary>
    public string? Failure { get; private set; }

    /// <summary>How many bytes it holds of the budget.</summary>
    public int Reserved { get; set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public async Task ReadAsync(Stream payload, int length, CancellationToken cancellationToken)
    {
        _length = length;
        _buffer = ArrayPool<byte>.Shared.Rent(length);
        await payload.ReadExactlyAsync(_buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
    }

    public void Succeed() => _isReady = true;

    public void Fail(string cause)
    {
        Failure = cause;
        _isReady = true;
    }

    /// <summary>Gives its buffer back.</summary>
    public void Free()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }
}
