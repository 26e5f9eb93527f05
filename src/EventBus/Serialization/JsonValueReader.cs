namespace EventBus.Serialization;

internal ref struct JsonValueReader(ReadOnlySpan<byte> bytes) : IValueReader
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public readonly int Position => _bytes.Length;

    public readonly ValueKind Kind => throw new NotImplementedException();

    public bool TryReadNull() => throw new NotImplementedException();

    public bool ReadBoolean() => throw new NotImplementedException();

    public long ReadInt64() => throw new NotImplementedException();

    public ulong ReadUInt64() => throw new NotImplementedException();

    public double ReadDouble() => throw new NotImplementedException();

    public decimal ReadDecimal() => throw new NotImplementedException();

    public string ReadString() => throw new NotImplementedException();

    public ReadOnlySpan<byte> ReadUtf8() => throw new NotImplementedException();

    public ReadOnlySpan<byte> ReadBinary() => throw new NotImplementedException();

    public DateTime ReadTimestamp() => throw new NotImplementedException();

    public ValueCursor BeginArray() => throw new NotImplementedException();

    public ValueCursor BeginMap() => throw new NotImplementedException();

    public bool MoveNext(ref ValueCursor cursor) => throw new NotImplementedException();

    public ReadOnlySpan<byte> ReadKey() => throw new NotImplementedException();

    public void Skip() => throw new NotImplementedException();
}
