using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>Emoji reactions to messages.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IReactionEvents
{
    /// <summary>A user has added a reaction.</summary>
    [EventName("reaction:add")]
    void Added(Guid message, [MaxLength(64)] string user, [MaxLength(16)] string emoji);

    /// <summary>A user has removed a reaction.</summary>
    [EventName("reaction:remove")]
    void Removed(Guid message, [MaxLength(64)] string user, [MaxLength(16)] string emoji);
}
