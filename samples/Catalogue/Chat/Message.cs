using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>One message of a conversation.</summary>
public sealed record Message(
    Guid Id,
    [property: MaxLength(64)] string From,
    [property: MaxLength(2000)] string Text,
    DateTimeOffset At,
    Guid? ReplyTo = null);
