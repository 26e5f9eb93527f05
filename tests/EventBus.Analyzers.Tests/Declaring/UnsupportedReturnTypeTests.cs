using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnsupportedReturnTypeTests
{
    [Theory]
    [InlineData("int")]
    [InlineData("string?")]
    [InlineData("ref int")]
    [InlineData("Task<int>")]
    [InlineData("ValueTask<string>")]
    [InlineData("IAsyncEnumerable<int>")]
    [InlineData("Task[]")]
    public Task Triggers(string type) =>
        Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {type} [|Ping|](); }}");

    [Theory]
    [InlineData("void")]
    [InlineData("Task")]
    [InlineData("ValueTask")]
    public Task Does_not_trigger(string type) =>
        Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {type} Ping(); }}");

    [Fact]
    public async Task Says_that_answers_are_still_to_come()
    {
        var messages = await Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>("[BroadcastEvent] public interface IChatEvents { Task<int> [|Vote|](); }");

        Assert.Equal("The event 'Vote' returns 'Task<int>' instead of void, Task or ValueTask: events that are answered are not supported yet", Assert.Single(messages));
    }
}
