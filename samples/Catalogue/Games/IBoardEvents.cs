using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>Moves on a board.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface IBoardEvents
{
    /// <summary>A piece was moved.</summary>
    ValueTask Moved(Guid match, Move move, TimeSpan clock);

    /// <summary>Somebody offers a draw.</summary>
    void DrawOffered(Guid match, Guid by);

    /// <summary>The whole game so far, for who comes later.</summary>
    ValueTask Replay(Guid match, [MaxLength(400)] IReadOnlyList<Move> moves);
}
