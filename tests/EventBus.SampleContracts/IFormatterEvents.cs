using System.Net;

namespace EventBus.SampleContracts;

/// <summary>Custom formatters on a type, a member, a parameter and the assembly.</summary>
[BroadcastEvent]
public interface IFormatterEvents
{
    /// <summary>On the type; null never reaches the formatter.</summary>
    void Paid(Money money, Money? nothing, IReadOnlyList<Money> all);

    /// <summary>On the parameter.</summary>
    void Signed([Formatter(typeof(HexFormatter))] long signature, [Formatter(typeof(HexFormatter))] long? nothing);

    /// <summary>On members.</summary>
    void Stamped(Stamp stamp);

    /// <summary>On the assembly.</summary>
    void Connected(IPEndPoint address, IPEndPoint? nothing, Peer peer);
}

/// <summary>Has members whose formatter the assembly sets.</summary>
/// <param name="Address">One address.</param>
/// <param name="Others">More addresses.</param>
public sealed record Peer(IPEndPoint Address, IReadOnlyDictionary<string, IPEndPoint?> Others);

/// <summary>On members.</summary>
/// <param name="Id">A parameter's attribute stands for its member's.</param>
public sealed record Stamp([Formatter(typeof(HexFormatter))] long Id)
{
    /// <summary>On a property.</summary>
    [Formatter(typeof(HexFormatter))]
    public long Check { get; init; }
}
