namespace EventBus.Serialization;

/// <summary>Numbers of type <see cref="Half"/>; null is NaN.</summary>
public readonly struct HalfFormatter : IFormatter<Half>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Half value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteSingle((float)value);

    /// <inheritdoc/>
    public Half Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        if (reader.TryReadNull())
            return Half.NaN;
        var single = reader.ReadSingle();
        var value = (Half)single;
        return Half.IsInfinity(value) && float.IsFinite(single)
            ? throw new EventSerializationException("The number is not within the range of a half.", position)
            : value;
    }
}
