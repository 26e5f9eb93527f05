using EventBus.Benchmarks.Contenders;
using EventBus.Benchmarks.Events;

namespace EventBus.Benchmarks.Direction;

/// <summary>A receiver of a trial.</summary>
/// <param name="Program">Its process.</param>
/// <param name="IsInRoom">Whether it gets all events. Otherwise it gets one after the warm-up and one at the end.</param>
internal sealed record TrialReceiver(ChildProgram Program, bool IsInRoom = true)
{
    public static TrialReceiver Of(string contender) => new(ChildProgram.Receive(contender, EventText.Room));

    public static TrialReceiver OfNode(string kind) => new(ChildProgram.NodeReceive(kind));

    public static TrialReceiver Elsewhere() => new(ChildProgram.Receive("eventbus", EventBusSender.OtherRoom), IsInRoom: false);
}
