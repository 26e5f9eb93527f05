using System.Globalization;

namespace EventBus;

/// <summary>
/// The identity of an event in the journal: no other event has it. Use it as the key of work that must happen once for each event.
/// </summary>
/// <param name="Source">The publish pipeline that has sent the event: 16 hex digits.</param>
/// <param name="Channel">The channel of the event in PostgreSQL.</param>
/// <param name="Number">
/// The number of the event on its channel, counted from 1; for an event in a caller's transaction, an id that is unique for its source.
/// </param>
/// <param name="IsTransactional">Whether the event was sent in a caller's transaction.</param>
public readonly record struct EventIdentity(string Source, string Channel, long Number, bool IsTransactional)
{
    /// <summary>
    /// The identity as text, the same in each process and version: <c>0123456789abcdef/n42@socket.io#/</c>, or
    /// <c>0123456789abcdef/i2a@socket.io#/</c> with the id in hex digits.
    /// </summary>
    public override string ToString() => IsTransactional
        ? string.Create(CultureInfo.InvariantCulture, $"{Source}/i{Number:x}@{Channel}")
        : string.Create(CultureInfo.InvariantCulture, $"{Source}/n{Number}@{Channel}");
}
