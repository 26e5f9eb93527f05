using EventBus.Analyzers.Hosting;

namespace EventBus.Analyzers.Tests.Hosting;

public sealed class MisusedEventHandlerTests
{
    private const string Contract = "[BroadcastEvent] public interface IChatEvents { void Ping(int value); }\n";
    private const string Body = "{ public void Ping(int value) { } }";

    [Theory]
    [InlineData("[[|EventHandler|]] public class Log;", "implements no contract; implement an interface with [BroadcastEvent]")]
    [InlineData("[[|EventHandler|]] public static class Log;", "is static; remove 'static'")]
    [InlineData(
        $"[[|EventHandler|]] public abstract class Log : IChatEvents {Body}",
        "is abstract; put the attribute on the classes that derive from it")]
    [InlineData($"[[|EventHandler|]] public class Log<T> : IChatEvents {Body}", "is generic; call AddHandler for each closed type instead")]
    [InlineData(
        $"public class Outer {{ [[|EventHandler|]] private class Log : IChatEvents {Body} }}",
        "is not accessible in the project; make it internal or public")]
    [InlineData($"[[|EventHandler|]] file class Log : IChatEvents {Body}", "is local to its file; remove 'file'")]
    [InlineData(
        "[[|EventHandler|]] public class Log : IChatEvents { internal Log() { } public void Ping(int value) { } }",
        "has no public constructor; add one")]
    [InlineData(
        $"[[|EventHandler(\"a\", IsServerSide = true)|]] public class Log : IChatEvents {Body}",
        "handles server-side events, which have no rooms; remove the rooms or 'IsServerSide'")]
    public async Task Triggers(string source, string problem)
    {
        var messages = await Analysis.VerifyAsync<MisusedEventHandlerAnalyzer>(Contract + source);
        Assert.Equal($"'Log' cannot be added by AddHandlers, because it {problem}", Assert.Single(messages));
    }

    [Theory]
    [InlineData($"[EventHandler] public class Log : IChatEvents {Body}")]
    [InlineData($"[EventHandler(\"a\"), EventHandler(\"b\")] internal sealed record Log : IChatEvents {Body}")]
    [InlineData($"[EventHandler(IsServerSide = true)] public class Log : IChatEvents {Body}")]
    [InlineData("public abstract class Log;")]
    public async Task Does_not_trigger(string source) =>
        Assert.Empty(await Analysis.VerifyAsync<MisusedEventHandlerAnalyzer>(Contract + source));
}
