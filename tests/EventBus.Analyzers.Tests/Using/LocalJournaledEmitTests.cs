using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class LocalJournaledEmitTests
{
    [Theory]
    [InlineData("await [|emitter.Local.Placed(1)|];")]
    [InlineData("await [|emitter.To(\"r1\").Local.Placed(1)|];")]
    [InlineData("await [|emitter.Local.Except(\"r1\").Placed(1, CancellationToken.None)|];")]
    [InlineData("await [|emitter.Local.Placed(\"a\")|];")]
    [InlineData("await emitter.Placed(1);")]
    [InlineData("await emitter.Local.Placed(1L);")]
    [InlineData("await emitter.Local.Shown(1);")]
    public Task Journaled_events_with_Local_are_reported(string statement) => Analysis.VerifyAsync<LocalJournaledEmitAnalyzer>($$"""
        [BroadcastEvent, Journaled] public interface IBase { void Placed(string order); }
        [BroadcastEvent]
        public interface IOrderEvents : IBase
        {
            [Journaled] void Placed(int order);
            [EventName("placed-2")] void Placed(long order);
            void Shown(int order);
        }

        public class Program
        {
            public async Task Run(Emitter<IOrderEvents> emitter)
            {
                {{statement}}
                await Task.Yield();
            }
        }
        """);
}
