using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>Emoji under messages.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IReactionEvents
{
    /// <summary>Somebody reacts.</summary>
    [EventName("reaction:add")]
    void Added(Guid message, [MaxLength(64)] string user, [MaxLength(16)] string emoji);

    /// <summary>Somebody does no longer.</summary>
    [EventName("reaction:remove")]
    void Removed(Guid message, [MaxLength(64)] string user, [MaxLength(16)] string emoji);
}
