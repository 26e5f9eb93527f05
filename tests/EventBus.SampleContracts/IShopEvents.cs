using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>Payloads.</summary>
[BroadcastEvent]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public interface IShopEvents
{
    /// <summary>A class with every kind of member.</summary>
    /// <param name="order">The order.</param>
    void Placed(Order order);

    /// <summary>Generic payloads.</summary>
    /// <param name="strict">No nulls.</param>
    /// <param name="lenient">With nulls.</param>
    /// <param name="numbers">Value types.</param>
    void Paged(Page<string> strict, Page<string?> lenient, Page<Line> numbers);

    /// <summary>Collections.</summary>
    /// <param name="lines">Inside out.</param>
    /// <param name="stock">Keys that are numbers.</param>
    /// <param name="colours">Keys that are names.</param>
    /// <param name="pairs">Tuples.</param>
    void Stocked(
        List<Line?[]?> lines, IReadOnlyDictionary<int, Order?> stock, Dictionary<Colour, HashSet<Guid>> colours,
        (int Id, string? Name)[] pairs);
}
