using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnusableEventNameTests
{
    [Theory]
    [InlineData("void [|Connect|]();")]
    [InlineData("void [|Disconnect|]();")]
    [InlineData("void [|Disconnecting|]();")]
    [InlineData("void [|NewListener|]();")]
    [InlineData("void [|RemoveListener|]();")]
    [InlineData("[EventName(\"connect_error\")] void [|Failed|]();")]
    [InlineData("[EventName(\"\")] void [|Ping|]();")]
    [InlineData("[EventName(\"a\\ud83d\")] void [|Ping|]();")]
    public Task Triggers(string member) =>
        Analysis.VerifyAsync<UnusableEventNameAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {member} }}");

    [Theory]
    [InlineData("void Connected();")]
    [InlineData("[EventName(\"connected\")] void Connect();")]
    [InlineData("void Connection();")]
    public Task Does_not_trigger(string member) =>
        Analysis.VerifyAsync<UnusableEventNameAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {member} }}");
}
