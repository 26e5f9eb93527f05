namespace EventBus.Serialization;

/// <summary>A value of no fixed type as a value that writes itself.</summary>
internal readonly struct WritableValue(EventValue value) : IWritable
{
    private readonly EventValue _value = value;

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct => default(EventValueFormatter).Write(ref writer, in _value);
}
