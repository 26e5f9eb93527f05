using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class SenderClashTests
{
    [Theory]
    [InlineData("void Ping(int value); [EventName(\"b\")] void [|Ping|](int value, CancellationToken cancellationToken);")]
    [InlineData("void Ping(EventContext context); [EventName(\"b\")] void [|Ping|](CancellationToken cancellationToken);")]
    [InlineData("void Ping(int value); [EventName(\"b\")] Task<int> [|Ping|](int other, EventContext context);")]
    [InlineData(
        "void Ping((int One, string? Two)[] value); [EventName(\"b\")] void [|Ping|]((int, string)[] value, EventContext context);")]
    public Task Triggers(string members) =>
        Analysis.VerifyAsync<SenderClashAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {members} }}");

    [Theory]
    [InlineData("void Ping(int value); [EventName(\"b\")] void Ping(long value, CancellationToken cancellationToken);")]
    [InlineData("void Ping(int? value); [EventName(\"b\")] void Ping(int value, CancellationToken cancellationToken);")]
    [InlineData("void Ping(int value); void Pong(int value, CancellationToken cancellationToken);")]
    [InlineData("void Ping(int value); void Ping(int value, CancellationToken cancellationToken);")] // EVB1006
    public Task Does_not_trigger(string members) =>
        Analysis.VerifyAsync<SenderClashAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {members} }}");

    [Fact]
    public async Task Triggers_on_the_contract_that_inherits_both_events()
    {
        var messages = await Analysis.VerifyAsync<SenderClashAnalyzer>("""
            [BroadcastEvent] public interface ILeft { [EventName("left")] void Ping(int value); }
            [BroadcastEvent] public interface IRight { [EventName("right")] void Ping(int value); }
            [BroadcastEvent] public interface [|IBoth|] : ILeft, IRight { }
            [BroadcastEvent] public interface IOwn : ILeft { [EventName("own")] new void [|Ping|](int value); }
            """);

        Assert.Equal(
            "'IRight.Ping(int)' and 'ILeft.Ping(int)' have senders with the same signature in the contract 'IBoth'; "
            + "rename one of the methods, and keep its name on the wire with [EventName]",
            messages[0]);
    }
}
