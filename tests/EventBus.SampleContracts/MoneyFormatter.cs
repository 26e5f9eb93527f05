using System.Globalization;
using EventBus.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Writes <c>"12.50 EUR"</c>.</summary>
internal readonly struct MoneyFormatter : IFormatter<Money>
{
    public void Write<TWriter>(ref TWriter writer, in Money value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(string.Create(CultureInfo.InvariantCulture, $"{value.Amount} {value.Currency}"));

    public Money Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var text = reader.ReadString();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && decimal.TryParse(text.AsSpan(0, space), CultureInfo.InvariantCulture, out var amount)
            ? new Money(amount, text[(space + 1)..])
            : throw new EventSerializationException("The text is not an amount of money.", position);
    }
}
