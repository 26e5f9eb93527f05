using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class AsyncVoidHandlerTests
{
    private const string Contract = "[BroadcastEvent] public interface IChatEvents { void Ping(); Task Message(); }";

    [Theory]
    [InlineData("public class Handler : IChatEvents { public async void [|Ping|]() => await Task.Yield(); public Task Message() => Task.CompletedTask; }")]
    [InlineData("public struct Handler : IChatEvents { async void IChatEvents.[|Ping|]() => await Task.Yield(); public Task Message() => Task.CompletedTask; }")]
    [InlineData("public class Pinger { public async void Ping() => await Task.Yield(); } public class [|Handler|] : Pinger, IChatEvents { public Task Message() => Task.CompletedTask; }")]
    [InlineData("[BroadcastEvent] public interface IMore : IChatEvents { async void [|More|]() => await Task.Yield(); }")]
    public Task Triggers(string source) => Analysis.VerifyAsync<AsyncVoidHandlerAnalyzer>($"{Contract}\n{source}");

    [Theory]
    [InlineData("public class Handler : IChatEvents { public void Ping() { } public async Task Message() => await Task.Yield(); }")]
    [InlineData("public class Handler : IChatEvents { public void Ping() { } public Task Message() => Task.CompletedTask; public async void Ping(int other) => await Task.Yield(); }")]
    [InlineData("public interface INoContract { void Ping(); } public class Handler : INoContract { public async void Ping() => await Task.Yield(); }")]
    public Task Does_not_trigger(string source) => Analysis.VerifyAsync<AsyncVoidHandlerAnalyzer>($"{Contract}\n{source}");
}
