using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class ArgumentNotByValueTests
{
    [Theory]
    [InlineData("ref int [|value|]")]
    [InlineData("out int [|value|]")]
    [InlineData("in int [|value|]")]
    [InlineData("ref readonly int [|value|]")]
    [InlineData("int first, params int[] [|value|]")]
    [InlineData("params List<int> [|value|]")]
    public Task Triggers(string parameters) =>
        Analysis.VerifyAsync<ArgumentNotByValueAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ void Ping({parameters}); }}");

    [Theory]
    [InlineData("int value")]
    [InlineData("int[] value")]
    [InlineData("int value = 3")]
    public Task Does_not_trigger(string parameters) =>
        Analysis.VerifyAsync<ArgumentNotByValueAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ void Ping({parameters}); }}");
}
