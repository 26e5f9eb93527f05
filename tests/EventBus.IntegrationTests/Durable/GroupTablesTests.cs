using EventBus.IntegrationTests.Journal;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Durable;

/// <summary>The epoch of a partition decides who may move its cursor.</summary>
public sealed class GroupTablesTests(DatabaseFixture database)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClaimAsync_of_two_nodes_that_saw_the_same_row_succeeds_for_one()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var (tables, seen) = await JoinAsync(journal);
        var claims = await Task.WhenAll(
            tables.ClaimAsync(seen, "a", Cancellation), tables.ClaimAsync(seen, "b", Cancellation));
        Assert.Equal(1, Assert.Single(claims, static claim => claim is not null)!.Epoch);
    }

    [Fact]
    public async Task AdvanceAsync_of_a_frozen_owner_changes_nothing_after_a_take_over()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync("CREATE TABLE work (number integer)");
        var (tables, seen) = await JoinAsync(journal);
        var frozen = await tables.ClaimAsync(seen, "a", Cancellation);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await ExecuteAsync(connection, "INSERT INTO work VALUES (1)");

            // The transaction stays open without a lock on the row, so the other node need not wait for it.
            var next = await tables.ClaimAsync(await LookAsync(tables), "b", Cancellation);
            Assert.Equal(2, next!.Epoch);
            var moved = frozen!.Cursor with { High = 99 };
            Assert.False(await tables.AdvanceAsync(connection, 0, frozen.Epoch, isWorking: false, moved, Limit, Cancellation));
            await transaction.RollbackAsync(Cancellation);
        }

        Assert.Equal(0, await journal.ReadOneAsync<long>("SELECT count(*) FROM work"));
        Assert.Equal(0, await journal.ReadOneAsync<long>("SELECT high FROM eventbus_journal_cursors"));
        Assert.False(await tables.RenewAsync(0, frozen!.Epoch, Cancellation));
        Assert.False(await tables.BeginAsync(0, frozen.Epoch, Cancellation));
        Assert.Null(await tables.ReclaimAsync(0, frozen.Epoch, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReclaimAsync_decides_a_commit_whose_outcome_is_unknown(bool isAdvanced)
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var (tables, seen) = await JoinAsync(journal);
        var owned = await tables.ClaimAsync(seen, "a", Cancellation);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var moved = owned!.Cursor with { High = 7 };
        if (isAdvanced)
            Assert.True(await tables.AdvanceAsync(connection, 0, owned.Epoch, isWorking: false, moved, Limit, Cancellation));
        var reclaim = tables.ReclaimAsync(0, owned.Epoch, Cancellation);
        if (isAdvanced)
        {
            while (await journal.ReadOneAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
                await Task.Yield();
            await transaction.CommitAsync(Cancellation);
        }

        var reclaimed = await reclaim;
        Assert.Equal((owned.Epoch + 1, isAdvanced ? 7 : 0), (reclaimed!.Epoch, reclaimed.Cursor.High));
        if (!isAdvanced)
            Assert.False(await tables.AdvanceAsync(connection, 0, owned.Epoch, isWorking: false, moved, Limit, Cancellation));
    }

    [Fact]
    public async Task ClaimAsync_waits_for_the_commit_of_the_owner_and_then_sees_its_sign_of_life()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var (tables, seen) = await JoinAsync(journal);
        var owned = await tables.ClaimAsync(seen, "a", Cancellation);
        var before = await LookAsync(tables);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await tables.AdvanceAsync(
            connection, 0, owned!.Epoch, isWorking: false, owned.Cursor with { High = 7 }, Limit, Cancellation));
        var claim = tables.ClaimAsync(before, "b", Cancellation);
        while (await journal.ReadOneAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
            await Task.Yield();
        Assert.False(claim.IsCompleted);
        await transaction.CommitAsync(Cancellation);

        Assert.Null(await claim);
        Assert.Equal(7, (await tables.ClaimAsync(await LookAsync(tables), "b", Cancellation))!.Cursor.High);
    }

    [Fact]
    public async Task ClaimAsync_counts_the_end_of_a_working_owner_as_an_attempt_and_no_other()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var (tables, seen) = await JoinAsync(journal);
        var idle = await tables.ClaimAsync(seen, "a", Cancellation);
        var second = await tables.ClaimAsync(await LookAsync(tables), "b", Cancellation);
        Assert.Equal((0, 0), (idle!.Attempts, second!.Attempts));
        Assert.True(await tables.BeginAsync(0, second.Epoch, Cancellation));
        Assert.True((await LookAsync(tables)).IsWorking);
        var third = await tables.ClaimAsync(await LookAsync(tables), "c", Cancellation);
        Assert.Equal(1, third!.Attempts);
        Assert.Equal(1, (await tables.ClaimAsync(await LookAsync(tables), "d", Cancellation))!.Attempts);
    }

    [Fact]
    public async Task FoundAsync_again_keeps_the_partitions_and_the_cursor()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var tables = Tables(journal);
        Assert.Equal(("first", 3), await tables.FoundAsync("first", 3, fromOldest: false, Cancellation));
        Assert.Equal(("first", 3), await tables.FoundAsync("second", 5, fromOldest: true, Cancellation));
        await tables.JoinAsync("a", Cancellation);
        await tables.JoinAsync("b", Cancellation);
        await tables.JoinAsync("a", Cancellation);
        var view = await tables.LookAsync(Cancellation);
        Assert.Equal(["a", "b"], view.Members.Select(static member => member.Uid));
        Assert.Equal([0, 1, 2], view.Partitions.Select(static partition => partition.Number));
        Assert.Equal(["a", "b", "a"], view.Partitions.Select(partition => view.AssignedTo(partition.Number)));
    }

    private static GroupTables Tables(JournalDatabase journal) => new(journal.DataSource, new JournalNames("eventbus_journal"), "work");

    private static async Task<(GroupTables Tables, GroupPartition Seen)> JoinAsync(JournalDatabase journal)
    {
        var tables = Tables(journal);
        await tables.FoundAsync("contract", 1, fromOldest: true, Cancellation);
        await tables.JoinAsync("a", Cancellation);
        return (tables, await LookAsync(tables));
    }

    private static async Task<GroupPartition> LookAsync(GroupTables tables) =>
        Assert.Single((await tables.LookAsync(Cancellation)).Partitions);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
