using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>What is said in a conversation; its room is the conversation's id.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IConversationEvents
{
    /// <summary>Somebody has said something.</summary>
    ValueTask Said(Message message);

    /// <summary>Somebody has said it otherwise.</summary>
    ValueTask Edited(Guid message, [MaxLength(2000)] string text, DateTimeOffset at);

    /// <summary>Somebody has taken it back.</summary>
    void Deleted(Guid message);

    /// <summary>Somebody has read up to here.</summary>
    void Read([MaxLength(64)] string user, Guid upTo);
}
