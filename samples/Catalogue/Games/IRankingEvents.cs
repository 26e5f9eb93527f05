using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>Who is best.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface IRankingEvents
{
    /// <summary>The best of a season.</summary>
    void Ranked([MaxLength(30)] string season, [MaxLength(100)] IReadOnlyList<Standing> best);

    /// <summary>Somebody has reached something.</summary>
    void Achieved(Guid player, Achievement achievement);
}

/// <summary>A line of the ranking.</summary>
public readonly record struct Standing(int Place, Player Player, long Points);
