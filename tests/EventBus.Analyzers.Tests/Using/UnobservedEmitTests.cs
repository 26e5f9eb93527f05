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
    [InlineData("_ = maybe is null ? [|emitter.Ping(1)|] : [|emitter.Ping(2)|];")]
    [InlineData("_ = bus.State switch { BusState.Connected => [|emitter.Ping(1)|], _ => default };")]
    [InlineData("_ = (maybe is null ? null : [|emitter.Ping(1)|].AsTask()) ?? [|emitter.Ping(2)|].AsTask();")]
    [InlineData("ValueTask task; task = [|emitter.Ping(1)|];")]
    [InlineData("var task = [|emitter.Ping(1)|]; task = [|emitter.Ping(2)|];")]
    [InlineData("void Local() => [|emitter.Ping(1)|]; Local();")]
    [InlineData("await using (bus) [|emitter.Ping(1)|];")]
    [InlineData("Func<Task> act = async () => [|emitter.Ping(1)|];")]
    [InlineData("Send(emitter); static void Send<T>(T target) where T : IEventTarget<IChatEvents> => [|target.Ping(1)|];")]
    [InlineData("IEventTarget<IChatEvents> target = emitter; [|target.Ping(1)|];")]
    [InlineData(
        "Send(emitter); static void Send<T>(T item) where T : class { if (item is Emitter<IChatEvents> typed) [|typed.Ping(1)|]; }")]
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
    [InlineData("await (maybe is null ? emitter.Ping(1) : emitter.Ping(2));")]
    [InlineData("ValueTask task; task = emitter.Ping(1); await task;")]
    [InlineData("var task = maybe is null ? emitter.Ping(1) : default; await task;")]
    [InlineData("async ValueTask Local() => await emitter.Ping(1); await Local();")]
    [InlineData("ValueTask Local() => emitter.Ping(1); await Local();")]
    public Task Does_not_trigger(string statement) => VerifyAsync(statement);

    [Theory]
    [InlineData(
        "[|emitter.Ping(1)|];",
        "The task of 'Ping' is not observed, so a failure goes unnoticed; await it, or use 'Post' to send without waiting")]
    [InlineData(
        "[|bus.Of().All.EmitAsync(\"ping\")|];",
        "The task of 'EmitAsync' is not observed, so a failure goes unnoticed; await it, or use 'Post' to send without waiting")]
    [InlineData("[|emitter.Vote()|];", "The task of 'Vote' is not observed, so a failure goes unnoticed; await it")]
    [InlineData("[|bus.Of().JoinAsync()|];", "The task of 'JoinAsync' is not observed, so a failure goes unnoticed; await it")]
    public async Task Message_suggests_Post_if_it_is_possible(string statement, string message) =>
        Assert.Equal(message, Assert.Single(await VerifyAsync(statement)));

    [Fact]
    public Task Triggers_in_top_level_statements() => Analysis.VerifyProgramAsync<UnobservedEmitAnalyzer>("""
        [|((Emitter<IChatEvents>)null!).Ping(1)|];
        var read = ((Emitter<IChatEvents>)null!).Ping(1);
        await read;

        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }
        """);

    [Fact]
    public Task Triggers_in_accessors_constructors_and_initializers() => Analysis.VerifyAsync<UnobservedEmitAnalyzer>("""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }

        public partial class Clock
        {
            private readonly Emitter<IChatEvents> _emitter;
            private readonly Action<Emitter<IChatEvents>> _act = emitter => [|emitter.Ping(1)|];

            public Clock(Emitter<IChatEvents> emitter)
            {
                _emitter = emitter;
                [|_emitter.Ping(1)|];
            }

            public int Value { get => 1; set => [|_emitter.Ping(value)|]; }

            public event Action Changed { add { [|_emitter.Ping(1)|]; } remove { } }

            partial void Tick();
            partial void Tick() => _ = [|_emitter.Ping(1)|];
        }
        """);

    private static async Task<IEnumerable<string>> VerifyAsync(string statement) => await Analysis.VerifyAsync<UnobservedEmitAnalyzer>($$"""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); ValueTask<int> Vote(); }

        public static class Program
        {
            public static async Task Run(Emitter<IChatEvents> emitter, Emitter<IChatEvents>? maybe, IEventBus bus, IChatEvents handler,
                Npgsql.NpgsqlTransaction transaction)
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
