using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class BlockingHandlerTests
{
    [Theory]
    [InlineData("[|Work().Wait()|];")]
    [InlineData("_ = [|Work().Result|];")]
    [InlineData("_ = [|Value().Result|];")]
    [InlineData("[|Work().GetAwaiter().GetResult()|];")]
    [InlineData("[|Work().ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("[|Value().GetAwaiter().GetResult()|];")]
    [InlineData("[|Task.WaitAll(Work())|];")]
    [InlineData("[|Thread.Sleep(10)|];")]
    [InlineData("[|Gate.Wait()|];")]
    [InlineData("_ = [|Lines.Take()|];")]
    [InlineData("[|SpinWait.SpinUntil(() => _ready)|];")]
    [InlineData("lock (Gate) [|Monitor.Wait(Gate)|];")]
    [InlineData("var text = $\"{[|Work().Result|]}\";")]
    [InlineData("_ = _ready ? [|Work().Result|] : 0;")]
    [InlineData("using (new CancellationTokenSource()) [|Work().Wait()|];")]
    [InlineData("foreach (var n in new[] { [|Work().Result|] }) { }")]
    [InlineData("var task = Work(); if (_ready) { _ = [|task.Result|]; }")]
    public async Task Triggers(string statement)
    {
        await VerifyHandlerAsync(statement);
        await VerifyLambdaAsync(statement);
        await VerifyMethodByNameAsync(statement);
    }

    [Theory]
    [InlineData("await Work();")]
    [InlineData("await Gate.WaitAsync();")]
    [InlineData("var task = Work(); await Task.WhenAll(task); _ = task.Result;")]
    [InlineData("var task = Work(); if (task.IsCompletedSuccessfully) _ = task.Result;")]
    [InlineData("if (Gate.Wait(0)) Gate.Release();")]
    [InlineData("if (Gate.Wait(TimeSpan.Zero)) Gate.Release();")]
    [InlineData("await Task.Run(() => Thread.Sleep(10));")]
    [InlineData("_ = new Outcome().Result;")]
    public async Task Does_not_trigger(string statement)
    {
        await VerifyHandlerAsync(statement);
        await VerifyLambdaAsync(statement);
        await VerifyMethodByNameAsync(statement);
    }

    [Fact]
    public Task Triggers_in_explicit_implementations_and_expressions() => Analysis.VerifyAsync<BlockingHandlerAnalyzer>("""
        [BroadcastEvent] public interface IChatEvents { void Ping(); void Pong(); }
        public sealed class Handler : IChatEvents
        {
            void IChatEvents.Ping() => [|Task.Delay(1).Wait()|];
            public void Pong() { }
            public void Ping() => Task.Delay(1).Wait();
        }
        """);

    [Fact]
    public Task Triggers_a_thousand_levels_deep() =>
        VerifyHandlerAsync($"_ = {string.Concat(Enumerable.Repeat("_ready.ToString() + ", 1000))}[|Work().Result|];");

    [Fact]
    public Task Triggers_in_overrides_and_partial_methods() => Analysis.VerifyAsync<BlockingHandlerAnalyzer>("""
        [BroadcastEvent] public interface IChatEvents { void Ping(); void Pong(); }
        public abstract class Handler : IChatEvents { public abstract void Ping(); public virtual void Pong() { } }
        public partial class Waiting : Handler { public override void Ping() => [|Task.Delay(1).Wait()|];
            public override partial void Pong(); }
        public partial class Waiting { public override partial void Pong() => [|Task.Delay(1).Wait()|]; }
        """);

    [Fact]
    public Task Does_not_trigger_in_other_methods() => Analysis.VerifyAsync<BlockingHandlerAnalyzer>("""
        [BroadcastEvent] public interface IChatEvents { void Ping(); }
        public interface INoContract { void Ping(); }
        public class Other : INoContract
        {
            public void Ping() => Task.Delay(1).Wait();
            public void Run() => Task.Run(async () => { await Task.Yield(); Thread.Sleep(1); }).Wait();
        }
        """);

    private static Task VerifyHandlerAsync(string statement) => VerifyAsync($$"""
        public sealed class Handler : Worker, IChatEvents { public async ValueTask Ping() { await Task.Yield(); {{statement}} } }
        """);

    private static Task VerifyLambdaAsync(string statement) => VerifyAsync($$"""
        public sealed class Setup : Worker { public void On(LocalSocket socket) => socket.On("ping", async arguments => {
            await Task.Yield(); {{statement}} }); }
        """);

    private static Task VerifyMethodByNameAsync(string statement) => VerifyAsync($$"""
        public sealed class Later : Worker
        {
            public void On(LocalSocket socket) => socket.On("ping", Ping);
            private async ValueTask Ping(IReadOnlyList<EventValue> arguments, EventAck? ack) { await Task.Yield(); {{statement}} }
        }

        public sealed class Setup : Worker
        {
            public void On(LocalSocket socket) => socket.OnAny(Ping);
            private async ValueTask<EventValue> Ping(string name, IReadOnlyList<EventValue> arguments) { await Task.Yield(); {{statement}}
                return default; }
        }
        """);

    private static async Task VerifyAsync(string handler) => await Analysis.VerifyAsync<BlockingHandlerAnalyzer>($$"""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(); }

        public class Worker
        {
            protected static readonly SemaphoreSlim Gate = new(1);
            protected static readonly System.Collections.Concurrent.BlockingCollection<string> Lines = [];
            protected bool _ready = true;
            protected static Task<int> Work() => Task.FromResult(1);
            protected static ValueTask<int> Value() => new(1);
        }

        public class Outcome { public int Result => 1; }

        {{handler}}
        """);
}
