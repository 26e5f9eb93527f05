using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class LongConstantTests
{
    [Theory]
    [InlineData("await emitter.To(\"r1\").Message(user, [|Texts.Long|]);")]
    [InlineData("emitter.Post.Message([|text: Texts.Long|], user: \"me\");")]
    [InlineData("await emitter.Within(transaction).Message(user, [|Texts.Long + \"!\"|]);")]
    [InlineData("await emitter.Message(Texts.Half, [|Texts.Half + \"!\"|]);")]
    [InlineData(
        "Send(emitter); static ValueTask Send<T>(T target) where T : IEventTarget<IChatEvents> => target.Message(\"me\", [|Texts.Long|]);")]
    public Task Triggers(string statement) => VerifyAsync(statement);

    [Theory]
    [InlineData("await emitter.Message(user, Texts.Half);")]
    [InlineData("await emitter.Message(user, user);")]
    [InlineData("await emitter.Always(Texts.Long);")]
    [InlineData("await emitter.Number(1);")]
    [InlineData("_ = Texts.Length(Texts.Long);")]
    [InlineData("await emitter.Hashed(Texts.Long);")]
    [InlineData("_ = EventSize.Measure(emitter.To(\"r1\"), to => to.Message(user, Texts.Long));")]
    [InlineData("await emitter.Noted(Texts.Long, 1);")]
    public Task Does_not_trigger(string statement) => VerifyAsync(statement);

    [Fact]
    public Task Does_not_trigger_if_the_assembly_sets_the_formatter_of_text() => Analysis.VerifyAsync<LongConstantAnalyzer>($$"""
        using EventBus.Serialization;
        [assembly: Formatter(typeof(string), typeof(HashFormatter))]
        [BroadcastEvent] public interface IChatEvents { ValueTask Message(string text, string? other = null); }
        public static class Use
        {
            public static async Task It(Emitter<IChatEvents> emitter) =>
                await emitter.Message("{{new string('x', 8000)}}", "{{new string('x', 8000)}}");
        }
        public struct HashFormatter : IFormatter<string>
        {
            public void Write<TWriter>(ref TWriter writer, in string value) where TWriter : IValueWriter, allows ref struct { }
            public string Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => "";
        }
        """);

    [Fact]
    public async Task Length_counts_escaped_characters()
    {
        var messages = await VerifyAsync("await emitter.Message(user, [|Texts.Escaped|]);");

        Assert.Equal(
            "With this 'text' the event 'Message' has at least 9163 bytes and travels as an attachment; a notification has fewer than 8000",
            Assert.Single(messages));
    }

    [Fact]
    public async Task Threshold_comes_from_the_project() =>
        Assert.Single(
            await VerifyAsync("await emitter.Message(user, [|Texts.Half|]);", Settings.Property("EventBusPayloadThreshold", "4000")));

    private static Task<System.Collections.Immutable.ImmutableArray<string>> VerifyAsync(
        string statement, Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions? options = null) =>
        Analysis.VerifyAsync<LongConstantAnalyzer>(
            $$"""
            using System.ComponentModel.DataAnnotations;

            public static class Texts
            {
                public const string Half = "{{new string('x', 4000)}}";
                public const string Long = Half + Half;
                public const string Escaped = "{{string.Concat(Enumerable.Repeat("\\u0001", 1500))}}";
                public static int Length(string text) => text.Length;
            }

            [BroadcastEvent]
            public interface IChatEvents
            {
                ValueTask Message(string user, string text);
                void Always([MinLength(8000)] string text);
                void Number(int number);
                void Noted(string text, [MinLength(8000)] string more);
                [EventName("noted-2")] void Noted([MinLength(8000)] string text, int number, EventContext context,
                    CancellationToken cancellationToken);
                void Hashed([Formatter(typeof(HashFormatter))] string text);
            }

            public readonly struct HashFormatter : EventBus.Serialization.IFormatter<string>
            {
                public void Write<TWriter>(ref TWriter writer, in string value) where TWriter : EventBus.Serialization.IValueWriter,
                    allows ref struct => writer.WriteInteger(value.Length);
                public string Read<TReader>(ref TReader reader) where TReader : EventBus.Serialization.IValueReader,
                    allows ref struct => reader.ReadString();
            }

            public class Program
            {
                public async Task Run(Emitter<IChatEvents> emitter, Npgsql.NpgsqlTransaction transaction, string user)
                {
                    {{statement}}
                    await Task.Yield();
                }
            }
            """,
            options);
}
