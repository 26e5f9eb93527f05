using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>The stock of the warehouses.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IStockEvents
{
    /// <summary>The new quantities by article.</summary>
    void Counted([MaxLength(30)] string warehouse, [MaxLength(100)] IReadOnlyDictionary<string, int> byArticle);

    /// <summary>Requests articles; the ack of each warehouse is the number that it has reserved.</summary>
    ValueTask<int> Reserve(long order, [MaxLength(20)] string article, int count);

    /// <summary>An article runs low.</summary>
    void RunningOut([MaxLength(20)] string article, int left);

    /// <summary>An article has a new price from this time on.</summary>
    void Repriced([MaxLength(20)] string article, decimal price, DateTimeOffset from);
}
