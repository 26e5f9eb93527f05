using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>What moderators do. A contract may inherit others: a moderator's screen also shows what is said.</summary>
[BroadcastEvent(Namespace = "/moderation")]
public interface IModerationEvents : IConversationEvents
{
    /// <summary>Somebody may say nothing for a while.</summary>
    void Muted([MaxLength(64)] string user, [MaxLength(64)] string by, TimeSpan duration, [MaxLength(200)] string? reason = null);

    /// <summary>Somebody has complained.</summary>
    ValueTask Reported(Guid message, [MaxLength(64)] string by, [MaxLength(500)] string reason);
}
