using System.Diagnostics;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>If PostgreSQL rejects an attachment, only events that need one fail.</summary>
public sealed class RejectedAttachmentTests(DatabaseFixture database)
{
    private const int Inline = 299;
    private const string ReadOnly = "ALTER DATABASE {database} SET default_transaction_read_only = on";
    private const string StatementTimeout =
        "ALTER DATABASE {database} SET statement_timeout = '500ms'; "
        + "CREATE FUNCTION reject() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN new; END $$;";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("25006", ReadOnly)]
    [InlineData("55P03", null)]
    [InlineData("57014", StatementTimeout)]
    [InlineData("40001", null)]
    [InlineData("53100", null)]
    [InlineData("XX000", null)]
    [InlineData("23505", null)]
    public async Task Burst_with_a_rejected_attachment_loses_only_that(string code, string? cause)
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        await CreateTableAsync(own, names);
        if (cause != ReadOnly)
        {
            await own.ExecuteInsideAsync(cause ?? Raise(code));
            await RejectAsync(own, names);
        }

        await using var sender = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await using var receiver = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        if (cause == ReadOnly)
            await MakeReadOnlyAsync(own, sender, receiver);
        await sender.EmitAsync(-1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        var began = Stopwatch.GetTimestamp();
        var rejected = Task.CompletedTask;
        for (var i = 0; i < Inline; i++)
        {
            if (i is 50 or 51 or 100)
                rejected = sender.EmitAsync(1000 + i, TestEvent.Large).AsTask();
            Assert.True(sender.Transport.Publisher.TryPost(sender.Event(i)));
        }

        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => rejected);
        await receiver.UntilAsync(static node => node is { Received.Count: Inline + 1, Lost: 3 });

        // An attempt for each event would take minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(code, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
        Assert.Equal(Enumerable.Range(-1, Inline + 1).Select(static number => (long)number), receiver.Received);
    }

    [Fact(Timeout = 120_000)]
    public async Task Locked_table_delays_inline_events_and_heartbeats_for_a_short_time()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await using var receiver = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await sender.EmitAsync(-1, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 1);
        await using (var connection = await own.DataSource.OpenConnectionAsync(Cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await using var command = new NpgsqlCommand($"LOCK TABLE {names.Table}", connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            var delays = new List<TimeSpan>();
            for (var i = 0; i < 10; i++)
            {
                var rejected = sender.EmitAsync(1000 + i, TestEvent.Large).AsTask();
                var began = Stopwatch.GetTimestamp();
                await sender.EmitAsync(i);
                delays.Add(Stopwatch.GetElapsedTime(began));
                await Assert.ThrowsAsync<EventNotSentException>(() => rejected);
            }

            // The first statement waits longer for the lock, and a busy machine may hold up a few others.
            Assert.InRange(delays.Order().ElementAt(delays.Count / 2), TimeSpan.Zero, TimeSpan.FromSeconds(1));
            Assert.InRange(delays.Max(), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }

        await UntilSentAsync(sender);
        await receiver.UntilAsync(static node => node.Received[^1] == 2000);
        Assert.Equal([-1, .. Enumerable.Range(0, 10).Select(static i => (long)i), 2000], receiver.Received);
        Assert.Contains(sender.Logger.Entries, static entry => entry.Id == 107);
    }

    [Fact(Timeout = 120_000)]
    public async Task Full_disk_causes_no_storm_of_reconnects()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        await CreateTableAsync(own, names);
        await own.ExecuteInsideAsync(Raise("53100"));
        await RejectAsync(own, names);
        await using var sender = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await using var receiver = await TestNode.StartAsync(database.Server, names, configure: own.Configure);

        // PostgreSQL's error breaks the connection each time that an attachment is tried.
        var began = Stopwatch.GetTimestamp();
        var inline = 0;
        for (; Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(4); inline++)
        {
            var rejected = sender.EmitAsync(1000 + inline, TestEvent.Large).AsTask();
            await sender.EmitAsync(inline);
            await Assert.ThrowsAsync<EventNotSentException>(() => rejected);
        }

        await receiver.UntilAsync(node => node.Received.Count == inline);
        Assert.InRange(inline, 40, int.MaxValue);
        Assert.InRange(sender.Logger.Entries.Count(static entry => entry.Id == 100), 2, 12);
    }

    /// <summary>Creates the table in the form of a Socket.IO server, with the index.</summary>
    private static Task CreateTableAsync(OwnDatabase own, TestNames names) => own.ExecuteInsideAsync(
        $"CREATE TABLE {names.Table} (id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea); "
        + $"CREATE INDEX ON {names.Table} (created_at)");

    // A node does not start on a read-only database. The setting holds for new sessions.
    private static async Task MakeReadOnlyAsync(OwnDatabase own, params TestNode[] nodes)
    {
        foreach (var node in nodes)
            await node.UntilAsync(static node => node.Connected is [true]); // The publisher connects after the start.
        await own.ExecuteInsideAsync(ReadOnly);
        await own.ExecuteInsideAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        foreach (var node in nodes)
        {
            await node.UntilAsync(static node =>
                node.ListenedAgain == 1 && node.Connected[^1] && node.Logger.Entries.Any(static entry => entry.Id == 100));
        }
    }

    private static string Raise(string code) =>
        $"CREATE FUNCTION reject() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'rejected' USING ERRCODE = '{code}'; END $$";

    private static Task RejectAsync(OwnDatabase own, TestNames names) =>
        own.ExecuteInsideAsync($"CREATE TRIGGER reject BEFORE INSERT ON {names.Table} FOR EACH ROW EXECUTE FUNCTION reject()");

    private static async Task UntilSentAsync(TestNode sender)
    {
        while (true)
        {
            try
            {
                await sender.EmitAsync(2000, TestEvent.Large);
                return;
            }
            catch (EventNotSentException exception) when (exception.IsTransient)
            {
                // The pause is not over yet.
            }
        }
    }
}
