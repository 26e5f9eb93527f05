using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>Moves on a board.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface IBoardEvents
{
    /// <summary>A player has moved a piece.</summary>
    ValueTask Moved(Guid match, Move move, TimeSpan clock);

    /// <summary>A player offers a draw.</summary>
    void DrawOffered(Guid match, Guid by);

    /// <summary>The whole game so far, for spectators that join late.</summary>
    ValueTask Replay(Guid match, [MaxLength(400)] IReadOnlyList<Move> moves);
}
