using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class DuplicateEventNameTests
{
    [Theory]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(); void [|Ping|](int value); }")]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(); void [|ping|](); }")]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(); [EventName(\"ping\")] void [|Pong|](); }")]
    [InlineData(
        "[BroadcastEvent] public interface IOne { void Ping(); } [BroadcastEvent] public interface ITwo : IOne { "
        + "void [|Ping|](int value); }")]
    [InlineData(
        "[BroadcastEvent] public interface IOne { void Ping(); } [BroadcastEvent] public interface ITwo : IOne { new void [|Ping|](); }")]
    [InlineData(
        "[BroadcastEvent] public interface IOne { void Ping(); } [BroadcastEvent] public interface ITwo { void Ping(); } "
        + "[BroadcastEvent] public interface [|IBoth|] : IOne, ITwo;")]
    public Task Triggers(string source) => Analysis.VerifyAsync<DuplicateEventNameAnalyzer>(source);

    [Theory]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(); [EventName(\"ping-number\")] void Ping(int value); }")]
    [InlineData("[BroadcastEvent] public interface IOne { void Ping(); } [BroadcastEvent] public interface ITwo { void Ping(); }")]
    [InlineData("""
        [BroadcastEvent] public interface IRoot { void Ping(); }
        [BroadcastEvent] public interface ILeft : IRoot { void Left(); }
        [BroadcastEvent] public interface IRight : IRoot { void Right(); }
        [BroadcastEvent] public interface IDiamond : ILeft, IRight;
        """)]
    public Task Does_not_trigger(string source) => Analysis.VerifyAsync<DuplicateEventNameAnalyzer>(source);
}
