using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EventBus.DocsTests.Pages;
using EventBus.Hosting;

namespace EventBus.DocsTests.Blocks;

/// <summary>Blocks that are no programs: messages, project files and settings.</summary>
public sealed partial class DataTests(PostgresFixture postgres)
{
    // Each has tests of its own, but for text: output and lists.
    private static readonly string[] Languages = ["csharp", "ini", "json", "sh", "sql", "text", "ts", "xml"];

    [Fact]
    public void Blocks_have_a_language_that_a_test_reads() =>
        Assert.All(Page.AllBlocks, static block => Assert.Contains(block.Language, Languages));

    [Fact]
    public void Json_is_well_formed() => Assert.All(BlocksOf("json"), static block => JsonDocument.Parse(block.Code).Dispose());

    /// <summary>A node takes the messages that the page on the protocol shows, once they are notified.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Inline_messages_of_the_protocol_reach_a_handler()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var messages = BlocksOf("json").Select(static block => block.Code).Where(IsInline).ToArray();
        Assert.NotEmpty(messages);

        await using var bus = await EventBusNode.StartAsync(postgres.ConnectionString, cancellationToken: cancellationToken);
        var received = new ConcurrentQueue<string>();
        var all = new TaskCompletionSource();
        await using var socket = await bus.Of().ConnectAsync(
            new SocketOptions { Rooms = ["r1", "order-7"] },
            socket => socket.OnAny((name, _) =>
            {
                received.Enqueue(name);
                if (received.Count == messages.Length)
                    all.SetResult();
                return ValueTask.CompletedTask;
            }),
            cancellationToken);

        await using var dataSource = postgres.CreateDataSource();
        foreach (var message in messages)
        {
            await using var notify = dataSource.CreateCommand("SELECT pg_notify('socket.io#/', $1)");
            notify.Parameters.Add(new() { Value = message });
            await notify.ExecuteNonQueryAsync(cancellationToken);
        }

        await all.Task.WaitAsync(cancellationToken);
        Assert.Equal(messages.Select(EventName), received);
    }

    [Fact]
    public void Properties_of_project_files_are_read_by_the_package()
    {
        var package = string.Concat(Directory.EnumerateFiles(Repository.PathOf("src/EventBus/buildTransitive")).Select(File.ReadAllText));
        var properties = BlocksOf("xml").SelectMany(static block => XElement.Parse(block.Code).Elements()).ToArray();
        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.Contains(property.Name.LocalName, package, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_name_rules_that_exist()
    {
        var rules = BlocksOf("ini").SelectMany(static block => Rule().Matches(block.Code)).Select(static match => match.Value).ToArray();
        Assert.NotEmpty(rules);
        Assert.All(rules, static rule => Assert.True(File.Exists(Repository.PathOf($"docs/rules/{rule}.md")), rule));
    }

    private static bool IsInline(string message) => message.Contains("\"type\":3,\"data\"", StringComparison.Ordinal);

    private static string? EventName(string message) =>
        JsonElement.Parse(message).GetProperty("data").GetProperty("packet").GetProperty("data")[0].GetString();

    private static IEnumerable<CodeBlock> BlocksOf(string language) => Page.AllBlocks.Where(block => block.Language == language);

    [GeneratedRegex("EVB[0-9]{4}")]
    private static partial Regex Rule();
}
