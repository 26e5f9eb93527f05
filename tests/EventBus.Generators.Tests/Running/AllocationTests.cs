using System.Text;
using EventBus.CompilerServices;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Emitted code allocates the values and one object that carries them through a queue.</summary>
public sealed class AllocationTests
{
    private const int Events = 1_000;

    private const int Header = 16;

    // The object that carries the arguments has a field for the event's definition and one for each argument.
    private const int Invocation = Header + 8;

    // An array of n integers: header, length, items.
    private const int ArrayOverhead = 24;

    // Namespace, sender, source, rooms, the list of rooms, number, time.
    private const int Context = Header + (3 * 8) + (2 * 8) + 8 + 16 + 16;

    [Theory]
    [InlineData("""["int32",7]""", Invocation + 8)]
    [InlineData("""["tuple",[7,""]]""", Invocation + 16)]
    [InlineData("""["payload",{"article":"","at":{"x":1,"y":0.5}}]""", Invocation + 24)]
    [InlineData("""["jagged",[[1,2,3,4],[5,6,7,8]]]""", Invocation + 8 + (ArrayOverhead + 16) + (2 * (ArrayOverhead + 16)))]
    [InlineData("""["union",{"$type":2,"name":"","owner":null}]""", Invocation + 8 + Header + 16)]
    public void Decode_allocates_values_and_invocation_only(string json, int bytes) => AssertDecoding<IMatrixEvents>(json, bytes);

    [Theory]
    [InlineData("""["felt","so-so","lo"]""", Invocation + 16)]
    [InlineData("""["felt","cheerful","High"]""", Invocation + 16)]
    public void Decode_enum_names_allocates_nothing(string json, int bytes) => AssertDecoding<IMoodEvents>(json, bytes);

    [Theory]
    [InlineData("""["said","",""]""", Invocation + 24 + Context)]
    [InlineData("""["counted",7]""", Invocation + 16 + Context)]
    [InlineData("""["stopped"]""", Invocation + 8)]
    public void Dispatch_allocates_a_context_only_if_declared(string json, int bytes) => AssertDecoding<IProvidedEvents>(json, bytes);

    [Theory]
    [InlineData("""["said","",""]""")]
    [InlineData("""["stopped"]""")]
    public void Dispatch_allocates_nothing(string json)
    {
        var handler = new Quiet();
        var invocation = Binding<IProvidedEvents>(json).Decode(
            Encoded(json, ValueEncoding.Json), new EventOrigin { Namespace = "/", Time = TimeProvider.System });

        Assert.Equal(0, BytesEach(() => AssertDone(invocation.InvokeAsync(handler, receiver: null, CancellationToken.None))));
        Assert.NotEqual(0, handler.Calls);
    }

    private static void AssertDecoding<TContract>(string json, int bytes)
        where TContract : class
    {
        var origin = new EventOrigin { Namespace = "/", Time = TimeProvider.System };
        var binding = Binding<TContract>(json);
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            var data = Encoded(json, encoding);
            Assert.Equal(bytes, BytesEach(() => binding.Decode(data, in origin)));
        }
    }

    private static void AssertDone(ValueTask handling) => Assert.True(handling.IsCompletedSuccessfully);

    private static EventBinding<TContract> Binding<TContract>(string json)
        where TContract : class
        => Contract<TContract>.Required.Find(Encoding.UTF8.GetBytes(json.Split('"')[1]))!;

    private static EncodedValue Encoded(string json, ValueEncoding encoding)
    {
        var text = new EncodedValue(Encoding.UTF8.GetBytes(json), ValueEncoding.Json);
        if (encoding == ValueEncoding.Json)
            return text;
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        new WritableValue(text.ReadValue()).WriteTo(ref writer);
        return new EncodedValue(buffer.WrittenSpan.ToArray(), ValueEncoding.MessagePack);
    }

    private static long BytesEach(Action action)
    {
        for (var i = 0; i < Events; i++)
            action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Events; i++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Events;
    }

    private sealed class Quiet : IProvidedEvents
    {
        public int Calls { get; private set; }

        public ValueTask Said(string user, EventContext context, string text, CancellationToken stop)
        {
            Calls += context.Rooms.Count + 1;
            return default;
        }

        public Task<int> Counted(EventContext target, int cancellationToken, CancellationToken value) => Task.FromResult(0);

        public void Stopped(CancellationToken target) => Calls++;
    }
}
