using EventBus.Analyzers.CodeFixes.Using;
using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.CodeFixes;

/// <summary>Events by name stand for all: the project that is fixed runs no generator.</summary>
public sealed class EmitCodeFixTests
{
    [Fact]
    public async Task What_nobody_waits_for_is_awaited()
    {
        var files = await Fixing<UnobservedEmitAnalyzer, AwaitedEmitCodeFix>.Of(Method("async Task", "_ = bus.Of().To(\"r1\").EmitAsync(\"ping\");")).FixFirstAsync();

        Assert.Contains("{ await bus.Of().To(\"r1\").EmitAsync(\"ping\"); }", files[0]);
    }

    [Fact]
    public async Task All_are_awaited_at_once()
    {
        var files = await Fixing<UnobservedEmitAnalyzer, AwaitedEmitCodeFix>
            .Of(Method("async Task", "bus.Of().All.EmitAsync(\"ping\"); _ = bus.Of().ServerSideEmitAsync(\"pong\").AsTask();")).FixAllAsync();

        Assert.Contains("{ await bus.Of().All.EmitAsync(\"ping\"); await bus.Of().ServerSideEmitAsync(\"pong\").AsTask(); }", files[0]);
    }

    [Fact]
    public Task Nothing_is_awaited_where_nothing_can_be() =>
        Fixing<UnobservedEmitAnalyzer, AwaitedEmitCodeFix>.Of(Method("void", "_ = bus.Of().All.EmitAsync(\"ping\");")).OffersNothingAsync();

    [Fact]
    public async Task What_is_sent_beside_a_transaction_is_sent_within_it()
    {
        var files = await Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>
            .Of(Method("async Task", "await bus.Of().All.To(\"r1\").Volatile.EmitAsync(\"ping\"); await bus.Of().All.EmitAsync(\"pong\");")).FixAllAsync();

        Assert.Contains("await bus.Of().All.Within(transaction).To(\"r1\").Volatile.EmitAsync(\"ping\"); await bus.Of().All.Within(transaction).EmitAsync(\"pong\");", files[0]);
    }

    [Fact]
    public Task What_is_posted_is_not_sent_within_it() =>
        Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>.Of(Method("void", "bus.Of().All.Post(\"ping\");")).OffersNothingAsync();

    private static string Method(string returns, string statements) =>
        $"using System.Threading.Tasks; using EventBus; public class Program {{ public {returns} Run(IEventBus bus, Npgsql.NpgsqlTransaction transaction) {{ {statements} }} }}";
}
