using System.Globalization;
using EventBus.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Writes a number as hexadecimal digits.</summary>
internal readonly struct HexFormatter : IFormatter<long>
{
    public void Write<TWriter>(ref TWriter writer, in long value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(value.ToString("x", CultureInfo.InvariantCulture));

    public long Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => long.Parse(reader.ReadString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
