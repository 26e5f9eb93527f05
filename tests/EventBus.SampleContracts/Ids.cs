// Nobody validates here: the compiler reads these attributes.
#pragma warning disable IL2026

using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>A strongly typed id.</summary>
/// <param name="Value">The id.</param>
[SingleValue]
public readonly record struct CustomerId(Guid Value)
{
    /// <summary>Whether it is no id.</summary>
    public bool IsEmpty => Value == Guid.Empty;
}

/// <summary>The number of a ticket.</summary>
/// <param name="Number">The number.</param>
[SingleValue]
public readonly record struct TicketNumber(int Number);

/// <summary>The number of an article: a text with rules.</summary>
[SingleValue]
public sealed record ArticleNumber
{
    private ArticleNumber(string text) => Text = text;

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Checks a text.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    [SuppressMessage("Design", "CA1062:Validate arguments of public methods", Justification = "A payload.")]
    public static ArticleNumber Parse(string text) =>
        text.Length > 0 ? new ArticleNumber(text) : throw new ArgumentException("The text is empty.", nameof(text));
}

/// <summary>The start of a slot.</summary>
/// <param name="Start">The time.</param>
[SingleValue]
public readonly record struct Slot(DateTime Start);

/// <summary>A favourite.</summary>
/// <param name="Colour">The colour.</param>
[SingleValue]
public sealed record Favourite(Colour Colour);

/// <summary>An id that has no value if it is the default of its type.</summary>
[SingleValue]
public readonly struct LateId : IEquatable<LateId>
{
    private readonly long? _value;

    /// <summary>Makes an id.</summary>
    /// <param name="value">The value.</param>
    public LateId(long value) => _value = value;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The id has none.</exception>
    [SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "As Vogen does.")]
    public long Value => _value ?? throw new InvalidOperationException("The id has no value.");

    /// <summary>Whether two ids are equal.</summary>
    public static bool operator ==(LateId left, LateId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(LateId left, LateId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(LateId other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LateId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();
}

/// <summary>A name with a limit.</summary>
/// <param name="Text">The text.</param>
[SingleValue]
public sealed record SizedName([property: MaxLength(20)] string Text);

/// <summary>A payload with ids.</summary>
/// <param name="Customer">A struct.</param>
/// <param name="Article">A class that may be null.</param>
/// <param name="Ticket">A struct that may be null.</param>
public sealed record Purchase(CustomerId Customer, ArticleNumber? Article, TicketNumber? Ticket);
