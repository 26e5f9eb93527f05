using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class InheritedInterfaceIsNoContractTests
{
    [Theory]
    [InlineData("[BroadcastEvent] public interface [|IChatEvents|] : IDisposable { void Ping(); }")]
    [InlineData("public interface IEvents { void Ping(); } [BroadcastEvent] public interface [|IChatEvents|] : IEvents;")]
    public Task Triggers(string source) => Analysis.VerifyAsync<InheritedInterfaceIsNoContractAnalyzer>(source);

    [Theory]
    [InlineData("[BroadcastEvent] public interface IEvents { void Ping(); } [BroadcastEvent] public interface IChatEvents : IEvents;")]
    [InlineData(
        "[BroadcastEvent] public interface IChatEvents { void Ping(); } public sealed class Handler : IChatEvents, IDisposable { "
        + "public void Ping() { } public void Dispose() { } }")]
    public Task Does_not_trigger(string source) => Analysis.VerifyAsync<InheritedInterfaceIsNoContractAnalyzer>(source);
}
