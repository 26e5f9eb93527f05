using System.Buffers;

namespace EventBus.MessagePack;

/// <summary>One buffer per thread, so that a value that is written allocates nothing.</summary>
internal static class WriteBuffer
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>A value may be written while another is, by a custom formatter: then the inner one has a buffer of its own.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>();
        _buffer = null;
        return buffer;
    }

    public static void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > LargestKept)
            return;
        buffer.ResetWrittenCount();
        _buffer = buffer;
    }
}
