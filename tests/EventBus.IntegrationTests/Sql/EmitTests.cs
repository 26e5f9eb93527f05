using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>Events that SQL emits, and .NET nodes receive.</summary>
public sealed class EmitTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private const string Long = "repeat('é', 5000)"; // It does not fit a notification.

    private const string Values = """[null, true, "a\"\\\n\u0001é😀", 1.5, {"b": [], "a": {}}]""";

    private EmitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await EmitDatabase.CreateAsync(fixture.Server);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Emit_events_of_one_transaction_arrive_in_order_on_every_node()
    {
        await using var first = await EmitReceiver.StartAsync(_database.DataSource);
        await using var second = await EmitReceiver.StartAsync(_database.DataSource);
        await first.AddAsync([]);
        await second.AddAsync([]);
        await _database.ExecuteAsync(
            $"""
            BEGIN;
            SELECT eventbus.emit('/', 'none');
            SELECT eventbus.emit('/', 'equal', '[1]');
            SELECT eventbus.emit('/', 'equal', '[1]');
            SELECT eventbus.emit('/', 'attached', jsonb_build_array({Long}));
            SELECT eventbus.emit('/', 'attached', jsonb_build_array({Long}));
            SELECT eventbus.emit('/', 'last', '{Values}');
            COMMIT
            """);
        string[] expected =
        [
            "none []", "equal [1]", "equal [1]", $"attached [\"{new string('é', 5000)}\"]", $"attached [\"{new string('é', 5000)}\"]",
            """last [null,true,"a\"\\\n\u0001é\uD83D\uDE00",1.5,{"a":{},"b":[]}]""",
        ];
        Assert.Equal(expected, await first.EndAsync());
        await second.UntilAsync(static received => received.Contains("end-1 []"));
        Assert.Equal(expected, second.Received[..^1]);
        Assert.Equal(0, first.Bus.Statistics.Lost + second.Bus.Statistics.Lost);
    }

    [Theory]
    [InlineData("'short'")]
    [InlineData(Long)]
    public async Task Emit_rooms_and_excluded_rooms_select_sockets(string text)
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync(["r1"], name: "one:");
        await receiver.AddAsync(["r1", "r2"], name: "both:");
        await receiver.AddAsync([], name: "none:");
        await _database.EmitAsync($"'/', 'a', jsonb_build_array({text}), ARRAY['r1', 'nobody'], ARRAY['r2']");
        await _database.EmitAsync($"'/', 'b', jsonb_build_array({text}), except_rooms => ARRAY['r1']");
        await _database.EmitAsync($"'/', 'c', jsonb_build_array({text}), rooms => '[7:9]={{r2,r2,elsewhere}}'");
        await _database.EmitAsync($"'/', 'd', jsonb_build_array({text}), ARRAY['r2'], volatile => true, compress => false");
        var received = await receiver.EndAsync();
        Assert.Equal(["both:c", "both:d", "none:b", "one:a"], received.Select(static line => line.Split(' ')[0]).Order());
    }

    [Theory]
    [InlineData("'short'")]
    [InlineData(Long)]
    public async Task Emit_reaches_only_the_named_namespace(string text)
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([], name: "main:");
        await receiver.AddAsync([], "/nachrichten-ä", "other:");
        await _database.EmitAsync($"'/nachrichten-ä', 'a', jsonb_build_array({text})");
        await _database.EmitAsync($"'/', 'b', jsonb_build_array({text})");
        await receiver.EndAsync("/nachrichten-ä");
        var received = await receiver.EndAsync();
        Assert.Equal(["main:b", "other:a"], received.Select(static line => line.Split(' ')[0]).Order());
    }

    [Fact]
    public async Task Emit_in_a_rolled_back_transaction_or_savepoint_reaches_nobody()
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        await _database.ExecuteAsync(
            $"""
            BEGIN;
            SELECT eventbus.emit('/', 'never'), eventbus.emit('/', 'never', jsonb_build_array({Long}));
            ROLLBACK;
            BEGIN;
            SELECT eventbus.emit('/', 'before');
            SAVEPOINT here;
            SELECT eventbus.emit('/', 'never'), eventbus.emit('/', 'never', jsonb_build_array({Long}));
            ROLLBACK TO here;
            SELECT eventbus.emit('/', 'after');
            COMMIT
            """);
        Assert.Equal(["before []", "after []"], await receiver.EndAsync());
        Assert.Equal(0, receiver.Bus.Statistics.Lost);
        Assert.Equal(0L, await _database.ScalarAsync<long>("SELECT count(*) FROM socket_io_attachments"));
    }

    [Fact]
    public async Task Emit_does_not_disturb_the_numbers_of_a_node()
    {
        await using var sender = await EmitReceiver.StartAsync(_database.DataSource);
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        var gaps = 0;
        receiver.Bus.GapDetected += _ => Interlocked.Increment(ref gaps);
        for (var i = 0; i < 20; i++)
        {
            await sender.Bus.Of().All.EmitAsync($"numbered-{i}");
            await _database.EmitAsync($"'/', 'sql-{i}', jsonb_build_array({(i % 2 == 0 ? "1" : Long)})");
        }

        var received = await receiver.EndAsync();
        Assert.Equal(20, received.Count(static line => line.StartsWith("numbered-", StringComparison.Ordinal)));
        Assert.Equal(20, received.Count(static line => line.StartsWith("sql-", StringComparison.Ordinal)));
        Assert.Equal((0, 0L), (gaps, receiver.Bus.Statistics.Lost));
    }

    [Fact]
    public async Task Emit_by_a_trigger_reaches_a_typed_handler_with_the_rows()
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        var handler = new StockHandler();
        await receiver.Bus.AddHandlerAsync<IStockEvents>(handler, ["r1"], Cancellation);
        await _database.ExecuteAsync(
            """
            CREATE TABLE prices (number int PRIMARY KEY, text text);
            CREATE FUNCTION announce() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM eventbus.emit('/', 'price', jsonb_build_array(NEW.number, NEW.text), ARRAY['r1']);
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER announce AFTER INSERT ON prices FOR EACH ROW EXECUTE FUNCTION announce()
            """);
        await _database.ExecuteAsync(
            "INSERT INTO prices SELECT n, repeat('x', CASE n % 10 WHEN 0 THEN 9000 ELSE 10 END) FROM generate_series(1, 200) n");
        await Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync("INSERT INTO prices VALUES (201, ''), (1, '')"));
        await _database.ExecuteAsync("INSERT INTO prices VALUES (202, '')");
        await handler.UntilAsync(static numbers => numbers.Contains(202));
        Assert.Equal([.. Enumerable.Range(1, 200), 202], handler.Numbers);
    }

    [Fact]
    public async Task Emit_depends_on_no_setting_of_the_session()
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        await _database.ExecuteAsync(
            $"""
            SET standard_conforming_strings = off;
            SET extra_float_digits = -15;
            SET bytea_output = 'escape';
            SET search_path = nowhere;
            {EmitFunction.CreateSql()}
            SELECT eventbus.emit('/', 'a', '[0.1]'), eventbus.emit('/', 'b', jsonb_build_array(0.30000000000000004, {Long}))
            """);
        Assert.Equal(["a [0.1]", $"b [0.30000000000000004,\"{new string('é', 5000)}\"]"], await receiver.EndAsync());
    }

    [Theory]
    [InlineData(7999, false)]
    [InlineData(8000, true)]
    [InlineData(8001, true)]
    public async Task Emit_attaches_from_8000_bytes_of_utf8(int bytes, bool isAttached)
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        await using var connection = await _database.DataSource.OpenConnectionAsync(Cancellation);
        var payloads = new List<string>();
        connection.Notification += (_, notification) => payloads.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN \"socket.io#/\"; SELECT eventbus.emit('/', 'size', '[\"é\"]')", connection))
            await listen.ExecuteNonQueryAsync(Cancellation);
        while (payloads.Count == 0)
            await connection.WaitAsync(Cancellation);
        var rest = bytes - System.Text.Encoding.UTF8.GetByteCount(payloads[0]);
        await _database.EmitAsync($"'/', 'size', jsonb_build_array('é' || repeat('x', {rest}))");
        Assert.Equal(["size [\"é\"]", $"size [\"é{new string('x', rest)}\"]"], await receiver.EndAsync());
        Assert.Equal(isAttached ? 1L : 0L, await _database.ScalarAsync<long>("SELECT count(*) FROM socket_io_attachments"));
    }
}
