using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests;

public sealed class CompilationGateTests
{
    private const string Source = """
        namespace EventBus
        {
            [System.AttributeUsage(System.AttributeTargets.Interface)]
            internal sealed class BroadcastAttribute : System.Attribute;
        }

        [EventBus.Broadcast]
        public interface IChatEvents
        {
            int Count { get; }
        }
        """;

    [Fact]
    public async Task Without_EventBus_nothing_is_analyzed()
    {
        var compilation = Analysis.Compile(Source, withEventBus: false);

        Assert.Empty(await Analysis.AnalyzeAsync<MemberIsNoEventAnalyzer>(compilation));
    }

    [Fact]
    public async Task With_the_attribute_the_same_source_is_reported()
    {
        var compilation = Analysis.Compile(Source.Replace("Broadcast", "BroadcastEvent"), withEventBus: false);

        Assert.Single(await Analysis.AnalyzeAsync<MemberIsNoEventAnalyzer>(compilation));
    }
}
