using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Tells the emits that could be posted: events without an answer, through what offers <c>Post</c>.</summary>
internal static class PostableEmit
{
    public const string Post = nameof(Post);

    public static bool Is(IInvocationOperation call, BusSymbols symbols) =>
        call.Type is { MetadataName: "ValueTask" }
        && (symbols.IsSender(call.TargetMethod) || call.TargetMethod.Name == "EmitAsync")
        && symbols.Receiver(call.TargetMethod)?.GetMembers(Post).IsEmpty == false;
}
