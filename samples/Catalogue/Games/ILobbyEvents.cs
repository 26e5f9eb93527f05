using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>The lobby of a game.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface ILobbyEvents
{
    /// <summary>A player has opened a table.</summary>
    void TableOpened(Guid table, [MaxLength(40)] string game, Player by, int seats);

    /// <summary>A player has joined a table.</summary>
    void Seated(Guid table, Player player, int seat);

    /// <summary>A table is full.</summary>
    ValueTask TableFull(Guid table, [MaxLength(10)] IReadOnlyList<Player> players);
}
