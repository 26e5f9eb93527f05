using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>The messages of a conversation; the room is the id of the conversation.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IConversationEvents
{
    /// <summary>A user has sent a message.</summary>
    ValueTask Said(Message message);

    /// <summary>A user has edited a message.</summary>
    ValueTask Edited(Guid message, [MaxLength(2000)] string text, DateTimeOffset at);

    /// <summary>A user has deleted a message.</summary>
    void Deleted(Guid message);

    /// <summary>A user has read all messages up to this one.</summary>
    void Read([MaxLength(64)] string user, Guid upTo);
}
