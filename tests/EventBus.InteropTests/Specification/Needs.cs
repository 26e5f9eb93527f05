using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification;

/// <summary>What a scenario needs of the position it is played in.</summary>
internal enum Needs
{
    Nothing,
    SenderIsNode,
    SenderIsDotNet,
    SenderIsDotNetNode,
    SenderIsReference,
    Transactions,
}

/// <summary>Why a position does not have what a scenario needs.</summary>
internal static class NeedsExtensions
{
    private const string JoinsNothing = "an emitter joins nothing: it has no sockets and hears no answers";

    /// <summary>The reason; null where the position has it.</summary>
    public static string? WhyNotMetBy(this Needs needs, Position position) => needs switch
    {
        Needs.SenderIsNode or Needs.SenderIsDotNetNode when !position.Sender.IsNode() => JoinsNothing,
        Needs.SenderIsDotNet or Needs.SenderIsDotNetNode when position.Sender.IsReference() => "the reference does not do it as a sender",
        Needs.SenderIsReference when !position.Sender.IsReference() => "the lines of a .NET member have no dates; typed events are tested by themselves",
        Needs.Transactions when position.Sender.IsReference() => "the reference does not emit within a transaction",
        Needs.Transactions when position.Sender.IsInMemory() => "in memory there are no transactions of PostgreSQL",
        _ => null,
    };
}
