using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>What is in the warehouses.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IStockEvents
{
    /// <summary>How many there are now, by article.</summary>
    void Counted([MaxLength(30)] string warehouse, [MaxLength(100)] IReadOnlyDictionary<string, int> byArticle);

    /// <summary>Every warehouse answers how many of so many it has put aside.</summary>
    ValueTask<int> Reserve(long order, [MaxLength(20)] string article, int count);

    /// <summary>There will soon be none.</summary>
    void RunningOut([MaxLength(20)] string article, int left);

    /// <summary>A price is another from then on.</summary>
    void Repriced([MaxLength(20)] string article, decimal price, DateTimeOffset from);
}
