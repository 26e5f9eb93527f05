using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;

namespace EventBus.ConformanceNode.Lines;

/// <summary>
/// Writes one JSON object per line, in the order of the calls, and flushes it at once. Thread-safe. A call never waits for the output.
/// </summary>
internal sealed class LineWriter : IAsyncDisposable
{
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Channel<ReadOnlyMemory<byte>> _lines = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly Stream _output;
    private readonly Task _writing;

    public LineWriter(Stream output)
    {
        _output = output;
        _writing = WriteAllAsync();
    }

    /// <summary>Writes an object with the members that <paramref name="write"/> adds.</summary>
    public void Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Unescaped))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        _lines.Writer.TryWrite(buffer.WrittenMemory);
    }

    /// <summary>Completes when all lines are written.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync())
            {
                await _output.WriteAsync(line);
                await _output.FlushAsync();
            }
        }
        catch (IOException)
        {
            // The driver has closed the output, so the error cannot be reported. The end of the input ends this process.
        }
    }
}
