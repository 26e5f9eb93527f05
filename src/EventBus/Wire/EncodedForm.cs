using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>A message in one of its two forms, and where in it the packet's <c>[event, ...arguments]</c>, or the answer, lies.</summary>
internal readonly record struct EncodedForm(PooledBuffer Buffer, Range PacketData) : IDisposable
{
    public int Length => Buffer.Length;

    public void Dispose() => Buffer.Dispose();
}
