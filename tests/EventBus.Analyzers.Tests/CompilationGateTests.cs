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
    public async Task Compilation_without_EventBus_is_not_analyzed()
    {
        var compilation = Analysis.Compile(Source, withEventBus: false);

        Assert.Empty(await Analysis.AnalyzeAsync<MemberIsNoEventAnalyzer>(compilation));
    }

    [Fact]
    public void Analyzers_all_use_the_gate() =>
        Assert.All(Pages.PageTests.AllAnalyzers, static analyzer => Assert.IsAssignableFrom<EventBusAnalyzer>(analyzer));

    [Fact]
    public async Task Compilation_with_lookalike_types_is_not_analyzed()
    {
        var compilation = Analysis.Compile("""
            namespace EventBus
            {
                public class Emitter<T> { public System.Threading.Tasks.ValueTask EmitAsync(string room) => default; }
                public class EventBusOptions { public int PayloadThreshold { get; set; } }
                public static class EventBusPublisher { public static System.IDisposable Create() => null!; }
            }

            public static class Program
            {
                public static void Run(EventBus.Emitter<string> emitter)
                {
                    emitter.EmitAsync("r1");
                    while (true) { using var publisher = EventBus.EventBusPublisher.Create(); _ = new EventBus.EventBusOptions {
                        PayloadThreshold = 0 }; }
                }
            }
            """, withEventBus: false);

        foreach (var analyzer in Pages.PageTests.AllAnalyzers)
            Assert.Empty(await Analysis.AnalyzeAsync(analyzer, compilation, new([new Analysis.Text("Events.Shipped.txt", "nonsense")])));
    }

    [Fact]
    public async Task Compilation_with_EventBus_is_analyzed()
    {
        var compilation = Analysis.Compile(Source.Replace("Broadcast", "BroadcastEvent"), withEventBus: false);

        Assert.Single(await Analysis.AnalyzeAsync<MemberIsNoEventAnalyzer>(compilation));
    }
}
