using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Recognizes calls that send a one-way event.</summary>
internal sealed class OneWayEmits(BusSymbols symbols)
{
    /// <summary>The operator that sends without waiting, and the method of the same name.</summary>
    public const string Post = nameof(Post);

    private static readonly HashSet<string> Receivers =
        ["Emitter`1", "BroadcastOperator`1", "PostOperator`1", "Publisher`1", "PublisherOperator`1"];

    /// <summary>Whether the call sends an event at once that could be sent within a transaction.</summary>
    public bool CanBeTransactional(IInvocationOperation call) =>
        symbols.Receiver(call.TargetMethod) is { } receiver
        && Receivers.Contains(receiver.MetadataName)
        && (symbols.IsSender(call.TargetMethod) || call.TargetMethod.Name is "EmitAsync" or Post)
        && call.Type is { MetadataName: "ValueTask" or "Boolean" }
        && !BusChain.HasLocal(call); // An event that stays in the process does not depend on the database.

    /// <summary>Whether the call sends an event that could be posted: its receiver has a <c>Post</c>.</summary>
    public bool CanBePosted(IInvocationOperation call) =>
        call.Type is { MetadataName: "ValueTask" }
        && (symbols.IsSender(call.TargetMethod) || call.TargetMethod.Name == "EmitAsync")
        && symbols.Receiver(call.TargetMethod)?.GetMembers(Post).IsEmpty == false;
}
