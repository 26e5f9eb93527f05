using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class JournalRulesTests
{
    [Theory]
    [InlineData("[BroadcastEvent, Journaled] public interface IEvents { Task<int> [|Ask|](); Task Tell(); }")]
    [InlineData("[BroadcastEvent] public interface IEvents { [Journaled] ValueTask<int> [|Ask|](); }")]
    [InlineData("""
        [BroadcastEvent] public interface IBase { Task<int> Ask(); }
        [BroadcastEvent, Journaled] public interface [|IEvents|] : IBase { void Tell(); }
        """)]
    [InlineData("""
        [BroadcastEvent, Journaled] public interface IBase { Task<int> [|Ask|](); }
        [BroadcastEvent, Journaled] public interface IEvents : IBase;
        """)]
    [InlineData("[BroadcastEvent] public interface IEvents { Task<int> Ask(); [Journaled] void Tell(); }")]
    public Task Journaled_acks_are_reported_once(string contract) => Analysis.VerifyAsync<JournaledAckAnalyzer>(contract);

    [Theory]
    [InlineData("string")]
    [InlineData("char")]
    [InlineData("Guid")]
    [InlineData("bool")]
    [InlineData("ulong")]
    [InlineData("Int128")]
    [InlineData("DayOfWeek")]
    [InlineData("OrderId")]
    public Task Keys_with_one_text_are_accepted(string type) => VerifyKeyAsync($"[PartitionKey] {type} key");

    [Theory]
    [InlineData("[PartitionKey] string? [|key|]")]
    [InlineData("[PartitionKey] int? [|key|]")]
    [InlineData("[PartitionKey] double [|key|]")]
    [InlineData("[PartitionKey] decimal [|key|]")]
    [InlineData("[PartitionKey] DateTimeOffset [|key|]")]
    [InlineData("[PartitionKey] int[] [|key|]")]
    [InlineData("[PartitionKey] Amount [|key|]")]
    [InlineData("[PartitionKey] object [|key|]")]
    [InlineData("[PartitionKey] EventContext [|key|]")]
    [InlineData("[PartitionKey] int first, [PartitionKey] int [|second|]")]
    public Task Keys_without_one_text_and_second_keys_are_reported(string parameters) => VerifyKeyAsync(parameters);

    [Fact]
    public async Task Reason_of_a_second_key_names_the_first() => Assert.Equal(
        "The parameter 'b' of 'Placed' cannot be the partition key, because 'a' is a key already; mark one of them",
        Assert.Single(await VerifyKeyAsync("[PartitionKey] int a, [PartitionKey] int [|b|]")));

    [Theory]
    [InlineData("[BroadcastEvent] public interface IEvents { void Placed([PartitionKey] int [|order|]); }")]
    [InlineData("[BroadcastEvent] public interface IEvents { [Journaled] void Placed([PartitionKey] int order); }")]
    [InlineData("[BroadcastEvent, Journaled] public interface IEvents { void Placed([PartitionKey] int order); }")]
    public Task Keys_of_events_that_are_not_journaled_are_reported(string contract) =>
        Analysis.VerifyAsync<UnusedPartitionKeyAnalyzer>(contract);

    private static Task<System.Collections.Immutable.ImmutableArray<string>> VerifyKeyAsync(string parameters) =>
        Analysis.VerifyAsync<UnfitPartitionKeyAnalyzer>($$"""
            [SingleValue] public readonly record struct OrderId(Guid Value);
            [SingleValue] public readonly record struct Amount(decimal Value);
            [BroadcastEvent, Journaled] public interface IEvents { void Placed({{parameters}}); }
            """);
}
