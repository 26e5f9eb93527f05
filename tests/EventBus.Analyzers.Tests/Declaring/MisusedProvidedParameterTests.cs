using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class MisusedProvidedParameterTests
{
    [Theory]
    [InlineData(
        "CancellationToken one, int value, CancellationToken [|two|]",
        "another parameter has the type 'CancellationToken'; remove one of them")]
    [InlineData("EventContext one, EventContext [|two|]", "another parameter has the type 'EventContext'; remove one of them")]
    [InlineData("EventContext? [|context|]", "it is nullable, but always has a value; remove the '?'")]
    [InlineData("CancellationToken? [|token|]", "it is nullable, but always has a value; remove the '?'")]
    [InlineData("CancellationToken? [|token|] = null", "it is nullable, but always has a value; remove the '?'")]
    [InlineData("EventContext [|context|] = null!", "it has a default, but always has a value; remove the default")]
    [InlineData(
        "[System.ComponentModel.DataAnnotations.MaxLength(3)] EventContext [|context|]",
        "[MaxLength] applies to sent parameters; remove it")]
    [InlineData("[Formatter(typeof(int))] CancellationToken [|token|]", "[Formatter] applies to sent parameters; remove it")]
    public async Task Triggers(string parameters, string reason)
    {
        var message = Assert.Single(
            await Analysis.VerifyAsync<MisusedProvidedParameterAnalyzer>(
                $"[BroadcastEvent] public interface IChatEvents {{ void Ping({parameters}); }}"));

        Assert.Contains("of 'Ping'", message, StringComparison.Ordinal);
        Assert.EndsWith($", because {reason}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EventContext context, CancellationToken cancellationToken")]
    [InlineData("int value, CancellationToken cancellationToken = default")]
    [InlineData(
        "[System.ComponentModel.DataAnnotations.MaxLength(3)] string? text, [System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", "
        + "\"b\")] EventContext context")]
    public Task Does_not_trigger(string parameters) =>
        Analysis.VerifyAsync<MisusedProvidedParameterAnalyzer>(
            $"[BroadcastEvent] public interface IChatEvents {{ void Ping({parameters}); }}");

    [Fact]
    public Task Does_not_trigger_on_an_unannotated_context() => Analysis.VerifyAsync<MisusedProvidedParameterAnalyzer>(
        "#nullable disable\n[BroadcastEvent] public interface IChatEvents { void Ping(EventContext context); }");
}
