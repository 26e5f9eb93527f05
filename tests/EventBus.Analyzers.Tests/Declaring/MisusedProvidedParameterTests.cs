using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class MisusedProvidedParameterTests
{
    [Theory]
    [InlineData("CancellationToken one, int value, CancellationToken [|two|]", "'CancellationToken' is asked for twice")]
    [InlineData("EventContext one, EventContext [|two|]", "'EventContext' is asked for twice")]
    [InlineData("EventContext? [|context|]", "it is nullable, and always there")]
    [InlineData("CancellationToken? [|token|]", "it is nullable, and always there")]
    [InlineData("CancellationToken? [|token|] = null", "it is nullable, and always there")]
    [InlineData("EventContext [|context|] = null!", "it has a default value, and is always there")]
    [InlineData("[System.ComponentModel.DataAnnotations.MaxLength(3)] EventContext [|context|]", "[MaxLength] says something of what is sent")]
    [InlineData("[Formatter(typeof(int))] CancellationToken [|token|]", "[Formatter] says something of what is sent")]
    public async Task Triggers(string parameters, string reason)
    {
        var message = Assert.Single(await Analysis.VerifyAsync<MisusedProvidedParameterAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ void Ping({parameters}); }}"));

        Assert.Contains("of 'Ping'", message, StringComparison.Ordinal);
        Assert.EndsWith($": {reason}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EventContext context, CancellationToken cancellationToken")]
    [InlineData("int value, CancellationToken cancellationToken = default")]
    [InlineData("[System.ComponentModel.DataAnnotations.MaxLength(3)] string? text, [System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\")] EventContext context")]
    public Task Does_not_trigger(string parameters) => Analysis.VerifyAsync<MisusedProvidedParameterAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ void Ping({parameters}); }}");

    [Fact]
    public Task Where_nothing_is_annotated_a_context_is_not_taken_for_nullable() => Analysis.VerifyAsync<MisusedProvidedParameterAnalyzer>(
        "#nullable disable\n[BroadcastEvent] public interface IChatEvents { void Ping(EventContext context); }");
}
