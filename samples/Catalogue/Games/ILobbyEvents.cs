using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>Where players meet.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface ILobbyEvents
{
    /// <summary>Somebody has opened a table.</summary>
    void TableOpened(Guid table, [MaxLength(40)] string game, Player by, int seats);

    /// <summary>Somebody sits down.</summary>
    void Seated(Guid table, Player player, int seat);

    /// <summary>All seats are taken.</summary>
    ValueTask TableFull(Guid table, [MaxLength(10)] IReadOnlyList<Player> players);
}
