using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>The calls that send an event at once, and could send it within a transaction.</summary>
internal sealed class OneWayEmits(BusSymbols symbols)
{
    private static readonly HashSet<string> Receivers =
        ["Emitter`1", "BroadcastOperator`1", "PostOperator`1", "PublisherOperator`1"];

    public bool Contains(IInvocationOperation call) =>
        symbols.Receiver(call.TargetMethod) is { } receiver
        && Receivers.Contains(receiver.MetadataName)
        && (symbols.IsSender(call.TargetMethod) || call.TargetMethod.Name is "EmitAsync" or "Post")
        && call.Type is { MetadataName: "ValueTask" or "Boolean" }
        && !IsLocal(call);

    // What does not leave the process has nothing to do with the database.
    private static bool IsLocal(IInvocationOperation call) => BusChain.Of(call).Any(static part => part is IPropertyReferenceOperation { Property.Name: "Local" });
}
