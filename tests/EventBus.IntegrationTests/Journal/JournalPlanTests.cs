using System.Text.Json;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>A page of a journal with a million events uses the indexes, with any plan.</summary>
public sealed class JournalPlanTests(DatabaseFixture database)
{
    private const int Rows = 250_000; // of four events
    private const int Page = 1024;
    private const int Late = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_use_the_indexes()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);

        // A transaction for each five rows; every partition has a fifth of the rows. Three transactions stayed open for a long time.
        await journal.ExecuteAsync($$"""
            DO $do$ BEGIN FOR p IN 1 .. 5 LOOP EXECUTE format(
                'CREATE TABLE old_%1$s PARTITION OF eventbus_journal FOR VALUES FROM (%2$L) TO (%3$L)',
                p, timestamptz '2020-01-01' + p * interval '2 h', timestamptz '2020-01-01' + (p + 1) * interval '2 h'); END LOOP; END $do$;
            INSERT INTO eventbus_journal (xid, at, incarnation, source, channels, events, numbers, messages)
            SELECT (CASE WHEN n % 2500 = 0 THEN 200000 + n % 3 ELSE 1000 + n / 5 END)::text::xid8,
                timestamptz '2020-01-01 02:00' + n * interval '10 h' / ({{Rows}} + 1), 1, 'source', '{socket.io#/}', '{placed}',
                ARRAY[4 * n, 4 * n + 1, 4 * n + 2, 4 * n + 3], E'first\nsecond\nthird\nfourth' FROM generate_series(1, {{Rows}}) n;
            ANALYZE eventbus_journal;
            """);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await ExecuteAsync($"PREPARE page (text, bigint, text, bigint, bigint, text[], integer, bigint, bigint) AS {Sql}");
        foreach (var mode in (string[])["force_generic_plan", "force_custom_plan"])
        {
            await ExecuteAsync($"SET plan_cache_mode = {mode}");

            // From the beginning, in the middle, the last rows with late ones, nothing new, and the rows of the open transactions.
            await ExplainAsync("1:1:", high: 0, place: 1, rows: Page); // A reader begins with the id 1, so no row can be late.
            await ExplainAsync("1:1:", high: 0, place: Rows / 2, rows: Page);
            await ExplainAsync("50000:50900:", high: Rows - 501, place: 0, rows: 600);
            await ExplainAsync("300000:300000:", high: Rows, place: 0, rows: 0);
            await ExplainAsync("200000:200003:200000,200001,200002", high: Rows, place: 0, rows: 100);
        }

        async Task ExplainAsync(string previous, long high, long place, int rows)
        {
            var span = Page;
            await using var command = new NpgsqlCommand(
                "EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE page "
                + $"('{previous}', {high}, NULL, {place}, {span}, '{{socket.io#/}}', 1, {Page}, 100000000)", connection);
            using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Cancellation))!);
            var nodes = Nodes(plan.RootElement[0].GetProperty("Plan")).ToArray();
            var text = plan.RootElement.ToString();
            Assert.True(nodes[0].GetProperty("Actual Rows").GetDouble() == Math.Max(rows, 1), text);
            Assert.DoesNotContain(nodes, static node => IsScan(node, "Seq Scan"));
            Assert.Contains(nodes, static node => IsScan(node, "Index Scan") || IsScan(node, "Bitmap Heap Scan"));
            var visited = nodes.Where(static node => Relation(node) is { } name && IsPartition(name)).Sum(Visited);
            Assert.True(visited <= 4 * Page, $"{previous} {high} {place}: {visited} rows are visited. {text}");
            Assert.All(
                nodes.Where(static node => node.GetProperty("Node Type").GetString() == "Sort"),
                node => Assert.True(node.GetProperty("Actual Rows").GetDouble() <= Page + Late, text));
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    private static string Sql => new JournalReadSql(new JournalNames("eventbus_journal")).Page;

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.TryGetProperty("Plans", out var plans)
        ? plans.EnumerateArray().SelectMany(Nodes).Prepend(node)
        : [node];

    private static bool IsScan(JsonElement node, string type) =>
        node.GetProperty("Node Type").GetString() == type && Relation(node) is { } name && IsPartition(name);

    private static string? Relation(JsonElement node) => node.TryGetProperty("Relation Name", out var name) ? name.GetString() : null;

    // The partitions of today are empty, and PostgreSQL reads an empty table without an index.
    private static bool IsPartition(string relation) => relation.StartsWith("old_", StringComparison.Ordinal);

    private static double Visited(JsonElement node) =>
        (node.GetProperty("Actual Rows").GetDouble()
            + (node.TryGetProperty("Rows Removed by Filter", out var removed) ? removed.GetDouble() : 0)
            + (node.TryGetProperty("Rows Removed by Index Recheck", out var rechecked) ? rechecked.GetDouble() : 0))
        * node.GetProperty("Actual Loops").GetDouble();
}
