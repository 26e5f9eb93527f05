namespace EventBus.Serialization;

/// <summary>Reads enums from a number or a name, whichever there is.</summary>
internal static class EnumReading
{
    public static T Read<TReader, T>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        where T : struct, Enum
    {
        var position = reader.Position;
        return reader.Kind == ValueKind.String ? EnumName<T>.Parse(reader.ReadUtf8(), position) : EnumInteger<T>.Read(ref reader);
    }
}
