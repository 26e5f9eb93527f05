using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class AsyncVoidHandlerTests
{
    private const string Contract = "[BroadcastEvent] public interface IChatEvents { void Ping(); Task Message(); }";

    [Theory]
    [InlineData(
        "public class Handler : IChatEvents { public async void [|Ping|]() => await Task.Yield(); "
        + "public Task Message() => Task.CompletedTask; }")]
    [InlineData(
        "public struct Handler : IChatEvents { async void IChatEvents.[|Ping|]() => await Task.Yield(); "
        + "public Task Message() => Task.CompletedTask; }")]
    [InlineData(
        "public class Pinger { public async void Ping() => await Task.Yield(); } public class [|Handler|] : Pinger, IChatEvents { "
        + "public Task Message() => Task.CompletedTask; }")]
    [InlineData(
        "public class Quiet : IChatEvents { public virtual void Ping() { } public Task Message() => Task.CompletedTask; } "
        + "public class Handler : Quiet { public override async void [|Ping|]() => await Task.Yield(); }")]
    [InlineData(
        "public partial class Handler : IChatEvents { public partial void Ping(); public Task Message() => Task.CompletedTask; } "
        + "partial class Handler { public async partial void [|Ping|]() => await Task.Yield(); }")]
    [InlineData(
        "public record Handler<T>(T Value) : IChatEvents { public async void [|Ping|]() => await Task.Yield(); "
        + "public Task Message() => Task.CompletedTask; }")]
    [InlineData(
        "public class Setup { public ValueTask<LocalSocket> Run(IEventBus bus) => bus.Of().ConnectAsync(new SocketOptions(), [|async "
        + "socket => await Task.Yield()|]); }")]
    [InlineData(
        "public class Setup { public void Run(IEventBus bus) => bus.OfMatching(static name => true, [|async delegate { "
        + "await Task.Yield(); }|]); }")]
    [InlineData("[BroadcastEvent] public interface IMore : IChatEvents { async void [|More|]() => await Task.Yield(); }")]
    public Task Triggers(string source) => Analysis.VerifyAsync<AsyncVoidHandlerAnalyzer>($"{Contract}\n{source}");

    [Theory]
    [InlineData("public class Handler : IChatEvents { public void Ping() { } public async Task Message() => await Task.Yield(); }")]
    [InlineData(
        "public class Handler : IChatEvents { public void Ping() { } public Task Message() => Task.CompletedTask; "
        + "public async void Ping(int other) => await Task.Yield(); }")]
    [InlineData(
        "public class Loud : IChatEvents { public virtual void Ping() { } public Task Message() => Task.CompletedTask; } "
        + "public class Handler : Loud { public async void Pong() => await Task.Yield(); }")]
    [InlineData(
        "public class Setup { public ValueTask<LocalSocket> Run(IEventBus bus) => bus.Of().ConnectAsync(new SocketOptions(), socket => "
        + "socket.On(\"ping\", async arguments => await Task.Yield())); }")]
    [InlineData("public class Setup { public void Run(List<int> items) => items.ForEach(async item => await Task.Yield()); }")]
    [InlineData(
        "public interface INoContract { void Ping(); } public class Handler : INoContract { "
        + "public async void Ping() => await Task.Yield(); }")]
    public Task Does_not_trigger(string source) => Analysis.VerifyAsync<AsyncVoidHandlerAnalyzer>($"{Contract}\n{source}");

    [Fact]
    public async Task Message_names_the_fix() => Assert.Equal(
        [
            "'Ping' handles an event of 'IChatEvents' as async void, so the bus cannot await it, and an exception ends the process; "
                + "return Task or ValueTask in the contract",
            "The lambda for 'ConnectAsync' runs as async void, so the bus cannot await it, and an exception ends the process; "
                + "await in front of the call instead",
        ],
        await Analysis.VerifyAsync<AsyncVoidHandlerAnalyzer>($$"""
            {{Contract}}
            public class Handler : IChatEvents { public async void [|Ping|]() => await Task.Yield();
                public Task Message() => Task.CompletedTask; }
            public class Setup { public ValueTask<LocalSocket> Run(IEventBus bus) => bus.Of().ConnectAsync(new SocketOptions(),
                [|async socket => await Task.Yield()|]); }
            """));
}
