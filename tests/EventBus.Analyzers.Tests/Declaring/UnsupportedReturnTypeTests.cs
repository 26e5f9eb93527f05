using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnsupportedReturnTypeTests
{
    [Theory]
    [InlineData("int")]
    [InlineData("string?")]
    [InlineData("ref int")]
    [InlineData("Task<Action>")]
    [InlineData("ValueTask<Task<int>>")]
    [InlineData("ValueTask<IAsyncEnumerable<int>>")]
    [InlineData("ref Task<int>")]
    [InlineData("IAsyncEnumerable<int>")]
    [InlineData("Task[]")]
    public Task Triggers(string type) =>
        Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {type} [|Ping|](); }}");

    [Theory]
    [InlineData("void")]
    [InlineData("Task")]
    [InlineData("ValueTask")]
    [InlineData("Task<int>")]
    [InlineData("ValueTask<string?>")]
    [InlineData("ValueTask<List<(int, byte[])>>")]
    public Task Does_not_trigger(string type) =>
        Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ {type} Ping(); }}");

    [Fact]
    public async Task Message_names_the_type_to_return()
    {
        var messages = await Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>(
            "[BroadcastEvent] public interface IChatEvents { int [|Vote|](); }");

        Assert.Equal(
            "The event 'Vote' cannot return 'int', because an ack must be the result of a Task or ValueTask", Assert.Single(messages));
    }

    [Fact]
    public async Task Message_names_the_unsupported_part_of_the_ack()
    {
        var messages = await Analysis.VerifyAsync<UnsupportedReturnTypeAnalyzer>("""
            [BroadcastEvent]
            public interface IChatEvents
            {
                ValueTask<List<Page>> [|Read|]();
            }

            public sealed record Page(string Title, Action Tag);
            """);

        Assert.Equal(
            "The event 'Read' cannot return 'ValueTask<List<Page>>', because 'ack[].Tag' is of type 'Action': delegates and ref "
                + "structs have no form on the wire", Assert.Single(messages));
    }
}
