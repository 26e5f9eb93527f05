using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class UnobservedEmitTests
{
    [Theory]
    [InlineData("[|emitter.Ping(1)|];")]
    [InlineData("[|emitter.To(\"r1\").Except(\"r2\").Ping(1)|];")]
    [InlineData("_ = [|emitter.Ping(1)|];")]
    [InlineData("_ = [|emitter.Ping(1)|].AsTask();")]
    [InlineData("[|emitter.Ping(1)|].ConfigureAwait(false);")]
    [InlineData("var task = [|emitter.Ping(1)|];")]
    [InlineData("Action act = () => [|emitter.Ping(1)|];")]
    [InlineData("Action act = () => { _ = [|emitter.Ping(1)|]; };")]
    [InlineData("maybe?[|.To(\"r1\").Ping(1)|];")]
    [InlineData("new List<int>().ForEach(n => [|emitter.Ping(n)|]);")]
    [InlineData("[|emitter.Within(transaction).Ping(1)|];")]
    [InlineData("_ = [|bus.Of().To(\"r1\").EmitAsync(\"ping\")|];")]
    [InlineData("[|bus.Of().All.SocketsJoinAsync([\"r1\"])|];")]
    [InlineData("[|bus.Of().ServerSideEmitAsync(\"ping\")|];")]
    [InlineData("[|emitter.To(\"r1\").Vote()|];")]
    [InlineData("_ = [|emitter.WithTimeout(TimeSpan.FromSeconds(1)).Vote()|];")]
    [InlineData("[|emitter.Stream.Vote()|];")]
    [InlineData("[|emitter.ServerSide.Ping(1)|];")]
    [InlineData("[|bus.AddHandlerAsync<IChatEvents>(handler)|];")]
    public Task Triggers(string statement) => VerifyAsync(statement);

    [Theory]
    [InlineData("await emitter.Ping(1);")]
    [InlineData("await emitter.Ping(1).ConfigureAwait(false);")]
    [InlineData("emitter.Post.Ping(1);")]
    [InlineData("_ = emitter.To(\"r1\").Post.Ping(1);")]
    [InlineData("var task = emitter.Ping(1); await task;")]
    [InlineData("await Task.WhenAll(emitter.Ping(1).AsTask(), emitter.Ping(2).AsTask());")]
    [InlineData("Func<ValueTask> act = () => emitter.Ping(1);")]
    [InlineData("var votes = (await emitter.Vote()).Responses;")]
    [InlineData("await foreach (var vote in emitter.Stream.Vote()) { }")]
    [InlineData("var tasks = new[] { emitter.Ping(1) };")]
    [InlineData("_ = Other.Ping(1);")]
    [InlineData("_ = emitter.Twice();")]
    public Task Does_not_trigger(string statement) => VerifyAsync(statement);

    [Fact]
    public async Task Says_how_to_send_without_waiting()
    {
        var messages = await VerifyAsync("[|emitter.Ping(1)|];");

        Assert.Equal("Nobody waits for 'Ping', so nobody learns that it failed: await it; to send without waiting, say 'Post'", Assert.Single(messages));
    }

    private static async Task<IEnumerable<string>> VerifyAsync(string statement) => await Analysis.VerifyAsync<UnobservedEmitAnalyzer>($$"""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); ValueTask<int> Vote(); }

        public static class Program
        {
            public static async Task Run(Emitter<IChatEvents> emitter, Emitter<IChatEvents>? maybe, IEventBus bus, IChatEvents handler, Npgsql.NpgsqlTransaction transaction)
            {
                await Task.Yield();
                {{statement}}
            }
        }

        public static class Other
        {
            public static Task Ping(int value) => Task.CompletedTask;
            public static async Task Twice(this Emitter<IChatEvents> emitter) { await emitter.Ping(1); await emitter.Ping(2); }
        }
        """);
}
