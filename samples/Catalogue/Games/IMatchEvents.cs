using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>The course of a match; the room is the match.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface IMatchEvents
{
    /// <summary>The match begins.</summary>
    ValueTask Started(Guid match, [MaxLength(10)] IReadOnlyList<Player> players, DateTimeOffset at);

    /// <summary>The score by player.</summary>
    void Score(Guid match, [MaxLength(10)] Dictionary<Guid, int> points);

    /// <summary>The match has ended.</summary>
    ValueTask Over(Guid match, Guid? winner);
}
