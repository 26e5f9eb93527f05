using EventBus.Generators.Tests.Running;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>The way of one value in one encoding.</summary>
/// <param name="Wire">The event on the wire; empty if it cannot be written.</param>
/// <param name="Read">The value that a .NET node reads, as text of the page.</param>
internal sealed record EdgeResult(string Wire, string Read)
{
    private const string Refused = "refused";

    public static async Task<EdgeResult> OfAsync(EdgeValue value, ValueEncoding encoding)
    {
        var (handler, recorder) = Recorder<IMatrixEvents>.Create();
        var loopback = new Loopback<IMatrixEvents>(encoding, handler);
        try
        {
            await value.SendAsync(loopback.Emitter);
        }
        catch (EventSerializationException) when (loopback.Wire.Length == 0)
        {
            return new EdgeResult("", Refused);
        }

        return new EdgeResult(loopback.Wire, EdgeValues.Show(recorder.Last.Arguments[0]));
    }

    /// <summary>The value that a .NET node reads after a Socket.IO server has decoded and encoded it.</summary>
    public static async Task<string> AfterEchoAsync(ValueEncoding encoding, string answer)
    {
        if (answer.Length == 0)
            return "—";
        if (answer.StartsWith("decode:", StringComparison.Ordinal))
            return "not decoded";
        if (answer.StartsWith("encode:", StringComparison.Ordinal))
            return "not encoded";
        var (handler, recorder) = Recorder<IMatrixEvents>.Create();
        var loopback = new Loopback<IMatrixEvents>(encoding, handler);
        try
        {
            await (encoding == ValueEncoding.Json ? loopback.ReceiveAsync(answer) : loopback.ReceiveHexAsync(answer));
        }
        catch (EventSerializationException)
        {
            return Refused;
        }

        return EdgeValues.Show(recorder.Last.Arguments[0]);
    }
}
