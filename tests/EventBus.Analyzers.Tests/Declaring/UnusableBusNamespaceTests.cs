using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnusableBusNamespaceTests
{
    [Theory]
    [InlineData("")]
    [InlineData("chat")]
    [InlineData("/a\\0b")]
    [InlineData("/\\uD800")]
    [InlineData("/123456789012345678901234567890123456789012345678901234")]
    [InlineData("/ééééééééééééééééééééééééééé")]
    public Task Triggers(string name) => Analysis.VerifyAsync<UnusableBusNamespaceAnalyzer>(
        $"[BroadcastEvent(Namespace = \"{name}\")] public interface [|IChatEvents|] {{ void Ping(); }}");

    [Theory]
    [InlineData("/")]
    [InlineData("/chat")]
    [InlineData("/😀")]
    [InlineData("/1234567890123456789012345678901234567890123456789012")]
    [InlineData("/éééééééééééééééééééééééééé")]
    public Task Does_not_trigger(string name) => Analysis.VerifyAsync<UnusableBusNamespaceAnalyzer>(
        $"[BroadcastEvent(Namespace = \"{name}\")] public interface IChatEvents {{ void Ping(); }}");

    [Fact]
    public Task Does_not_trigger_without_a_name() =>
        Analysis.VerifyAsync<UnusableBusNamespaceAnalyzer>("[BroadcastEvent] public interface IChatEvents { void Ping(); }");
}
