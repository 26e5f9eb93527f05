using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>Attachments are read ahead within bounds, reported if they are lost, and removed if they are old.</summary>
public sealed class AttachmentTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE FROM {0}", "does not exist")]
    [InlineData("UPDATE {0} SET payload = '\\x00'", "")]
    [InlineData("UPDATE {0} SET payload = NULL", "0 bytes")]
    [InlineData("UPDATE {0} SET payload = substring(payload FOR length(payload) - 1)", "")]
    public async Task ReadAsync_removed_or_changed_attachment_is_reported_once(string sql, string cause)
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, beforeAttachmentIsReady: null);
        await PauseAfterFirstAsync(sender, receiver);
        await ChangeAsync(sender, string.Format(null, sql, names.Table));
        receiver.Resume();
        await receiver.UntilAsync(static node => node.LostAttachments.Count == 1);
        await sender.EmitAsync(3);
        await receiver.UntilAsync(static node => node.Received.Count == 2);

        var lost = Assert.Single(receiver.LostAttachments);
        Assert.Equal(sender.Transport.Source, lost.Source);
        Assert.Equal([1, 3], receiver.Received);
        Assert.Empty(receiver.Gaps);
        Assert.Equal(1, receiver.Diagnostics.Lost.Value);
        Assert.Contains(cause, Assert.Single(receiver.Logger.Entries, static entry => entry.Id == 120).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_cancelled_query_is_retried()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var observer = database.Server.CreateDataSource();
        await using var locker = await observer.OpenConnectionAsync(Cancellation);
        await using var transaction = await locker.BeginTransactionAsync(Cancellation);
        await PauseAfterFirstAsync(sender, receiver);
        await sender.EmitAsync(2, TestEvent.Large);
        await using (var command = new NpgsqlCommand($"LOCK TABLE {names.Table}", locker, transaction))
            await command.ExecuteNonQueryAsync(Cancellation);
        receiver.Resume();

        await using var cancel = observer.CreateCommand(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1");
        cancel.Parameters.AddWithValue($"%JOIN%{names.Table}%ORDER BY o");
        while (!receiver.Logger.Entries.Any(static entry => entry.Id is 120 or 121))
            await cancel.ExecuteNonQueryAsync(Cancellation);
        await transaction.RollbackAsync(Cancellation);
        await receiver.UntilAsync(static node => node.Received.Count == 2);

        Assert.Equal([1, 2], receiver.Received);
    }

    [Fact]
    public async Task ReadAsync_attachment_of_another_message_is_lost()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await PauseAfterFirstAsync(sender, receiver);
        await ChangeAsync(sender, $"UPDATE {names.Table} a SET payload = b.payload FROM {names.Table} b WHERE a.id = b.id + 1", emits: 2);
        receiver.Resume();
        await receiver.UntilAsync(static node => node.Received.Count == 2 && node.LostAttachments.Count == 1);

        Assert.Equal([1, 2], receiver.Received);
    }

    [Fact]
    public async Task ReadAsync_attachments_over_the_budget_arrive_in_order()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, new() { AttachmentBytes = 50_000 });

        var emits = new List<Task>();
        for (var i = 0; i < 60; i++)
            emits.Add(sender.EmitAsync(i, i % 10 == 5 ? 300_000 : 20_000).AsTask());
        await Task.WhenAll(emits);
        await receiver.UntilAsync(static node => node.Received.Count == 60);

        Assert.Equal(Enumerable.Range(0, 60).Select(static i => (long)i), receiver.Received);
    }

    [Fact]
    public async Task StartAsync_table_of_a_Node_peer_gets_an_index()
    {
        var names = TestNames.Create();
        await using (var source = database.Server.CreateDataSource())
        {
            await source.CreateCommand(
                $"CREATE TABLE {names.Table} (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)")
                .ExecuteNonQueryAsync(Cancellation);
        }

        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await sender.EmitAsync(1, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        // One of the nodes creates it in the background.
        await Task.WhenAny(sender.Logger.UntilAsync(133), receiver.Logger.UntilAsync(133));
        Assert.Equal(
            1L, await CountAsync(sender.DataSource, $"pg_indexes WHERE tablename = '{names.Table}' AND indexdef LIKE '%(created_at)'"));
    }

    [Fact]
    public async Task StartAsync_creates_a_table_that_a_Node_peer_can_use()
    {
        var names = TestNames.Create();
        await using var node = await TestNode.StartAsync(database.Server, names);

        await using var insert = node.DataSource.CreateCommand($"INSERT INTO {names.Table} (payload) VALUES ('\\x01') RETURNING id");
        var id = await insert.ExecuteScalarAsync(Cancellation);
        await using var select = node.DataSource.CreateCommand($"SELECT payload FROM {names.Table} WHERE id = $1");
        select.Parameters.AddWithValue(id!);

        Assert.Equal(new byte[] { 1 }, await select.ExecuteScalarAsync(Cancellation));
        Assert.Equal(
            0L, await CountAsync(node.DataSource, $"{names.Table} WHERE abs(extract(epoch FROM created_at - clock_timestamp())) > 60"));
    }

    [Fact]
    public async Task Sweeper_removes_old_attachments_in_steps_and_keeps_new_ones()
    {
        var names = TestNames.Create();
        await using (await TestNode.StartAsync(database.Server, names))
        {
            // The node created the table.
        }

        await using var source = database.Server.CreateDataSource();
        await InsertAsync(source, names, "SELECT '\\x01', now() - interval '1 hour' FROM generate_series(1, 3500)");
        await InsertAsync(source, names, "SELECT '\\x01', now() + interval '1 hour' FROM generate_series(1, 5)");
        await using var first = await TestNode.StartAsync(
            database.Server, names, new() { CleanupInterval = TimeSpan.FromMilliseconds(200) });
        await using var second = await TestNode.StartAsync(
            database.Server, names, new() { CleanupInterval = TimeSpan.FromMilliseconds(200) });

        // A removal is counted after it was committed.
        while (first.Diagnostics.SweptAttachments.Value + second.Diagnostics.SweptAttachments.Value < 3500)
            await Task.Yield();

        Assert.Equal(5, await CountAsync(source, names.Table));
        Assert.DoesNotContain(first.Logger.Entries.Concat(second.Logger.Entries), static entry => entry.Id is 141 or 142);
    }

    [Fact]
    public async Task Sweeper_without_the_privilege_reports_once()
    {
        var names = TestNames.Create();
        await using (await TestNode.StartAsync(database.Server, names))
        {
            // The node created the table.
        }

        await using var role = await OwnRole.CreateAsync(database.Server);
        await role.GrantAsync(database.Server, $"INSERT (payload), SELECT ON {names.Table}");
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        await using var node = await TestNode.StartAsync(
            database.Server,
            names,
            new() { CleanupInterval = TimeSpan.FromMilliseconds(20) },
            configure: builder => (builder.Username, builder.Password) = (login, login));

        await node.Logger.UntilAsync(141);
        await role.GrantAsync(database.Server, $"DELETE ON {names.Table}");
        await using (var source = database.Server.CreateDataSource())
        {
            await InsertAsync(source, names, "VALUES ('\\x01', now() - interval '1 hour')");
            while (await CountAsync(source, names.Table) > 0)
                await Task.Yield();
        }

        // The sweeper tried several times.
        Assert.Single(node.Reported);
        Assert.Single(node.Logger.Entries, static entry => entry.Id == 141);
    }

    /// <summary>Delivers an event, and lets the pump wait before the next one, so that its attachment is not read yet.</summary>
    private static async Task PauseAfterFirstAsync(TestNode sender, TestNode receiver)
    {
        receiver.Handler = message =>
        {
            if (message.Key.Number == 1)
                receiver.Pause();
        };
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);
    }

    private static async Task ChangeAsync(TestNode sender, string sql, int emits = 1)
    {
        for (var i = 0; i < emits; i++)
            await sender.EmitAsync(2, TestEvent.Large);
        await using var command = sender.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static async Task InsertAsync(NpgsqlDataSource source, TestNames names, string rows)
    {
        await using var command = source.CreateCommand($"INSERT INTO {names.Table} (payload, created_at) {rows}");
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source, string from)
    {
        await using var command = source.CreateCommand($"SELECT count(*) FROM {from}");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
