using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class MemberIsNoEventTests
{
    [Theory]
    [InlineData("int [|Count|] { get; }")]
    [InlineData("int [|this|][int index] { get; }")]
    [InlineData("event Action [|Changed|];")]
    [InlineData("void [|Ping|]<T>(T value);")]
    [InlineData("static void [|Ping|]() { }")]
    [InlineData("static abstract void [|Ping|]();")]
    [InlineData("static int [|Count|];")]
    [InlineData("static int [|Count|] => 1;")]
    [InlineData("private void [|Ping|]() { }")]
    [InlineData("sealed void [|Ping|]() { }")]
    [InlineData("protected void [|Ping|]();")]
    public Task Triggers(string member) =>
        Analysis.VerifyAsync<MemberIsNoEventAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {member} }}");

    [Theory]
    [InlineData("void Ping();")]
    [InlineData("void Ping() { }")]
    [InlineData("const int Limit = 5;")]
    [InlineData("public record Payload(int Id);")]
    public Task Does_not_trigger(string member) =>
        Analysis.VerifyAsync<MemberIsNoEventAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {member} }}");
}
