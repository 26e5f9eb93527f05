using EventBus.Serialization;

namespace EventBus.Tests.Wire;

/// <summary>Compares encoded values by their bytes.</summary>
internal sealed class SameBytes : IEqualityComparer<EncodedValue>
{
    public static SameBytes Instance { get; } = new();

    public bool Equals(EncodedValue x, EncodedValue y) => x.Encoding == y.Encoding && x.Bytes.Span.SequenceEqual(y.Bytes.Span);

    public int GetHashCode(EncodedValue obj) => obj.Bytes.Length;
}
