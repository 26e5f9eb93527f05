using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class EmitterPerCallTests
{
    [Theory]
    [InlineData("var emitter = [|new Emitter<IChatEvents>(bus)|];")]
    [InlineData("await [|bus.Emitter<IChatEvents>()|].To(\"r1\").Ping(input);")]
    public async Task Triggers_in_code_that_runs_for_each_call(string statements)
    {
        foreach (var function in Calls.PerCall)
            await Analysis.VerifyAsync<EmitterPerCallAnalyzer>(Calls.Around(function, statements));
    }

    [Theory]
    [InlineData("while (true) await [|new Emitter<IChatEvents>(bus)|].Ping(input);")]
    [InlineData("foreach (var room in new[] { \"r1\" }) await [|bus.Emitter<IChatEvents>()|].To(room).Ping(input);")]
    public Task Triggers_in_loops(string statements) => Analysis.VerifyAsync<EmitterPerCallAnalyzer>(Calls.Around(Calls.Other, statements));

    [Theory]
    [InlineData("var emitter = bus.Emitter<IChatEvents>(); while (true) await emitter.Ping(input);")]
    [InlineData("foreach (var node in new[] { bus }) await node.Emitter<IChatEvents>().Ping(input);")]
    [InlineData("foreach (var room in new[] { \"r1\" }) { Func<Emitter<IChatEvents>> act = () => bus.Emitter<IChatEvents>(); }")]
    public Task Does_not_trigger(string statements) => Analysis.VerifyAsync<EmitterPerCallAnalyzer>(Calls.Around(Calls.Other, statements));
}
