using System.Text;
using EventBus.CompilerServices;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>What emitted code allocates: the values themselves, and one object that carries them through a queue.</summary>
public sealed class AllocationTests
{
    private const int Events = 1_000;

    // The header of an object, and one field for each argument: the invocation.
    private const int Header = 16;

    // An array of n integers: header, length, items.
    private const int ArrayOverhead = 24;

    [Theory]
    [InlineData("""["int32",7]""", Header + 8)]
    [InlineData("""["tuple",[7,""]]""", Header + 16)]
    [InlineData("""["payload",{"article":"","at":{"x":1,"y":0.5}}]""", Header + 24)]
    [InlineData("""["jagged",[[1,2,3,4],[5,6,7,8]]]""", Header + 8 + (ArrayOverhead + 16) + (2 * (ArrayOverhead + 16)))]
    [InlineData("""["union",{"$type":2,"name":"","owner":null}]""", Header + 8 + Header + 16)]
    public void Decoding_allocates_the_values_and_what_carries_them(string json, int bytes)
    {
        var data = new EncodedValue(Encoding.UTF8.GetBytes(json), ValueEncoding.Json);
        var origin = new EventOrigin { Namespace = "/", Time = TimeProvider.System };
        var binding = Contract<IMatrixEvents>.Required.Find(Encoding.UTF8.GetBytes(json.Split('"')[1]))!;

        Assert.Equal(bytes, BytesEach(() => binding.Decode(data, in origin)));
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
}
