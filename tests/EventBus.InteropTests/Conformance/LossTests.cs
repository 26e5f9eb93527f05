using System.Text.Json;
using EventBus.InteropTests.Harness;
using Npgsql;

namespace EventBus.InteropTests.Conformance;

/// <summary>The conformance node reports exactly the events that were lost.</summary>
public sealed class LossTests(PostgresFixture postgres) : IAsyncDisposable
{
    private const string Source = "00112233445566ff";

    private readonly string _prefix = PostgresFixture.NewPrefix();

    // A source publishes with one connection, and one statement after the other takes the same connection of this pool.
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task Gap_is_reported_without_a_further_event()
    {
        await using var sender = await StartAsync("--heartbeat-interval", "500");
        var named = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { ApplicationName = _prefix }.ConnectionString;
        await using var receiver = await ConformanceProcess.StartAsync(named, _prefix, Cancellation);
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");
        var sent = 1;
        await sender.SendAsync("emit", """{"event":"e","args":[0]}""");
        await receiver.WaitForAsync("a", "e");

        // The last events before it listens again are lost, too; the heartbeat reveals them.
        var states = StatesAsync(receiver, 2);
        await ExecuteAsync(
            _dataSource,
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = $1 AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')
            """,
            _prefix);
        while (!states.IsCompleted)
            await sender.SendAsync("emit", $$"""{"event":"e","args":[{{sent++}}]}""");
        await receiver.WhenAsync(
            "status", status => status.GetProperty("received").GetInt32() + status.GetProperty("lost").GetInt32() == sent);

        var status = await receiver.SendAsync("status");
        Assert.Equal("connected", status.GetProperty("state").GetString());
        var lost = status.GetProperty("lost").GetInt64();
        await receiver.Lines.Reports.WaitAsync(_ => Lost(receiver) == lost ? "all" : null, Cancellation);
        Assert.Single(Reports(receiver, "gap").Select(static gap => gap.GetProperty("source").GetString()).Distinct());
        Assert.Equal(["reconnecting", "connected"], (await states).Select(static state => state.GetProperty("state").GetString()));
        Assert.Empty(Reports(sender, "gap"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Gap_and_lost_attachment_are_reported_once_each()
    {
        await using var receiver = await StartAsync();
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");

        await NotifyAsync(Event("first", 1));
        await NotifyAsync(Event("after a gap", 4));
        await NotifyAsync($$$"""{"uid":"emitter","type":3,"attachmentId":"999999999","eb":{"s":"{{{Source}}}","n":5}}""");
        await NotifyAsync(Event("last", 6));
        await receiver.WaitForAsync("a", "last");
        await receiver.Lines.Reports.WaitForAsync("gap", cancellationToken: Cancellation);
        await receiver.Lines.Reports.WaitForAsync("attachmentLost", cancellationToken: Cancellation);

        await receiver.WhenReceivedAsync(3);
        Assert.Equal(["/ first []", "/ after a gap []", "/ last []"], receiver.Received("a"));
        Assert.Equal($$"""{"event":"gap","source":"{{Source}}","lost":2}""", Assert.Single(Reports(receiver, "gap")).GetRawText());
        Assert.Equal("""{"event":"attachmentLost","id":"999999999"}""", Assert.Single(Reports(receiver, "attachmentLost")).GetRawText());
        Assert.Equal(
            """{"state":"connected","published":0,"received":3,"lost":3,"dropped":0}""", (await receiver.SendAsync("status")).GetRawText());
    }

    [Fact(Timeout = 120_000)]
    public async Task Gap_over_a_new_connection_is_reported_when_its_role_is_known()
    {
        await using var receiver = await StartAsync("--heartbeat-interval", "500");
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");
        await NotifyAsync(Event("first", 1));
        await receiver.WaitForAsync("a", "first");

        await using var connection = NpgsqlDataSource.Create(postgres.ConnectionString);
        await NotifyAsync(connection, Event("after a gap", 4));
        await receiver.WaitForAsync("a", "after a gap");
        await receiver.Lines.Reports.WaitForAsync("gap", cancellationToken: Cancellation);
        await receiver.WhenAsync("status", static status => status.GetProperty("lost").GetInt32() == 2);
        Assert.Equal($$"""{"event":"gap","source":"{{Source}}","lost":2}""", Assert.Single(Reports(receiver, "gap")).GetRawText());
    }

    [Theory(Timeout = 120_000)]
    [InlineData("not JSON")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":2,"data":["bad"]},"opts":{"rooms":"r1","except":[],"flags":{}}},"uid":"n1","nsp":"/"}""")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":2,"data":["bad"]},"opts":{"rooms":[],"except":[1],"flags":{}}},"uid":"n1","nsp":"/"}""")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":"2","data":["bad"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"n1","nsp":"/"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["bad"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"n1","nsp":7}""")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":2,"data":["bad"]},"opts":{"rooms":[],"except":[],"flags":{}}}"""
        + ""","uid":"n1","nsp":"/other"}""")]
    [InlineData("""{"type":4,"data":{"opts":{"rooms":[],"except":[],"flags":{}},"rooms":[null]},"uid":"n1","nsp":"/"}""")]
    public async Task Malformed_messages_are_rejected_and_reported(string payload)
    {
        await using var receiver = await StartAsync();
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");

        await NotifyAsync(payload);
        await NotifyAsync(Event("last", 1));
        await receiver.WaitForAsync("a", "last");

        Assert.Equal(["/ last []"], receiver.Received("a"));
        await receiver.Lines.Reports.WaitForAsync("error", cancellationToken: Cancellation);
    }

    private static string Event(string name, int number) =>
        $$$$"""{"type":3,"data":{"packet":{"type":2,"data":["{{{{name}}}}"]},"opts":{"rooms":[],"except":[],"flags":{}}}"""
        + $$$$""","uid":"emitter","nsp":"/","eb":{"s":"{{{{Source}}}}","n":{{{{number}}}}}}""";

    private static long Lost(ConformanceProcess node) =>
        Reports(node, "gap").Sum(static gap => gap.GetProperty("lost").GetInt64());

    private static JsonElement[] Reports(ConformanceProcess node, string kind) =>
        [.. node.Lines.Reports.All.Where(report => ReportLog.IsOf(report, kind))];

    private static Task<JsonElement[]> StatesAsync(ConformanceProcess node, int count) => node.Lines.Reports.WaitAsync(
        reports => reports.Where(static report => ReportLog.IsOf(report, "state")).ToArray() is var states && states.Length >= count
            ? states
            : null,
        Cancellation);

    // Anyone with a connection can do so.
    private Task NotifyAsync(string payload) => NotifyAsync(_dataSource, payload);

    private Task NotifyAsync(NpgsqlDataSource source, string payload) =>
        ExecuteAsync(source, "SELECT pg_notify($1, $2)", $"{_prefix}#/", payload);

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, params string[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private Task<ConformanceProcess> StartAsync(params string[] arguments) =>
        ConformanceProcess.StartAsync(postgres, _prefix, Cancellation, arguments);
}
