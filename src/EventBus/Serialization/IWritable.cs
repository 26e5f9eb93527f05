namespace EventBus.Serialization;

/// <summary>A value that writes itself in any encoding. Implemented by structs.</summary>
internal interface IWritable
{
    /// <summary>
    /// Writes exactly one value. It is called a second time, for MessagePack, if the JSON contains binary or is too long for a
    /// notification.
    /// </summary>
    void WriteTo<TWriter>(ref TWriter writer) where TWriter : IValueWriter, allows ref struct;
}

/// <summary>An untyped value that writes itself.</summary>
internal readonly struct WritableValue(EventValue value) : IWritable
{
    private readonly EventValue _value = value;

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct => default(EventValueFormatter).Write(ref writer, in _value);
}
