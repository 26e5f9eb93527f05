using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification;

/// <summary>The need of a scenario that a position must meet.</summary>
internal enum Needs
{
    Nothing,
    SenderIsNode,
    SenderIsDotNet,
    SenderIsDotNetNode,
    SenderIsReference,
    Transactions,
}

/// <summary>The reasons why a position does not meet a need.</summary>
internal static class NeedsExtensions
{
    private const string JoinsNothing = "an emitter joins nothing: it has no sockets and receives no responses";

    /// <summary>Returns the reason; null if the position meets the need.</summary>
    public static string? WhyNotMetBy(this Needs needs, Position position) => needs switch
    {
        Needs.SenderIsNode or Needs.SenderIsDotNetNode when !position.Sender.IsNode() => JoinsNothing,
        Needs.SenderIsDotNet or Needs.SenderIsDotNetNode when position.Sender.IsReference() =>
            "the reference does not support it as a sender",
        Needs.SenderIsReference when !position.Sender.IsReference() =>
            "the lines of a .NET member have no dates; typed events are tested by themselves",
        Needs.Transactions when position.Sender.IsReference() => "the reference does not emit within a transaction",
        Needs.Transactions when position.Sender.IsInMemory() => "in memory there are no transactions of PostgreSQL",
        _ => null,
    };
}
