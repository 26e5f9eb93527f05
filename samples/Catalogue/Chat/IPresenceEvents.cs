using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>Who is there, and what they do.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IPresenceEvents
{
    /// <summary>Somebody is there, away or gone.</summary>
    void Presence([MaxLength(64)] string user, Presence presence, DateTimeOffset since);

    /// <summary>Somebody is typing: worth nothing a moment later, so emit it volatile.</summary>
    void Typing([MaxLength(64)] string user);
}
