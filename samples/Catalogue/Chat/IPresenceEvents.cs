using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>The presence of users.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IPresenceEvents
{
    /// <summary>A user is online, away or offline.</summary>
    void Presence([MaxLength(64)] string user, Presence presence, DateTimeOffset since);

    /// <summary>A user is typing. A moment later this is worthless, so emit it volatile.</summary>
    void Typing([MaxLength(64)] string user);
}
