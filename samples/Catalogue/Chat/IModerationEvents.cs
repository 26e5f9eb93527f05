using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>The actions of moderators. A contract can inherit others: the screen of a moderator also shows the messages.</summary>
[BroadcastEvent(Namespace = "/moderation")]
public interface IModerationEvents : IConversationEvents
{
    /// <summary>A user is muted for a while.</summary>
    void Muted([MaxLength(64)] string user, [MaxLength(64)] string by, TimeSpan duration, [MaxLength(200)] string? reason = null);

    /// <summary>A user has reported a message.</summary>
    ValueTask Reported(Guid message, [MaxLength(64)] string by, [MaxLength(500)] string reason);
}
