using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>The ranking of the players.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface IRankingEvents
{
    /// <summary>The best players of a season.</summary>
    void Ranked([MaxLength(30)] string season, [MaxLength(100)] IReadOnlyList<Standing> best);

    /// <summary>A player has an achievement.</summary>
    void Achieved(Guid player, Achievement achievement);
}

/// <summary>A line of the ranking.</summary>
public readonly record struct Standing(int Place, Player Player, long Points);
