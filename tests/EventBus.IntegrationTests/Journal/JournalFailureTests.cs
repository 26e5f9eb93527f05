using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>If the journal cannot be written, only journaled events fail, and the exception names the remedy.</summary>
public sealed class JournalFailureTests(DatabaseFixture database)
{
    private const string DropPartitions = """
        DO $$ DECLARE part regclass; BEGIN
            FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'eventbus_journal'::regclass LOOP
                EXECUTE format('DROP TABLE %s', part);
            END LOOP;
        END $$
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DropPartitions, "JournalTables.MaintainSql")]
    [InlineData("REVOKE INSERT ON eventbus_journal FROM eventbus_publisher", "GRANT INSERT ON \"public\".\"eventbus_journal\"")]
    [InlineData("REVOKE SELECT ON eventbus_journal_state FROM eventbus_publisher", "GRANT SELECT ON \"public\".\"eventbus_journal_sta")]
    [InlineData("DROP TABLE eventbus_journal CASCADE", "JournalTables.CreateSql")]
    [InlineData("TRUNCATE eventbus_journal_state", "INSERT INTO \"public\".\"eventbus_journal_state\" DEFAULT VALUES")]
    [InlineData("ALTER TABLE eventbus_journal RENAME COLUMN keys TO hashes", "is not the journal of this version")]
    public async Task Journaled_events_fail_alone_and_name_the_remedy(string fault, string remedy)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var journal = await CreateAsync(role);
        await using var source = database.Server.CreateDataSource(As(role, journal));
        await using var publisher = EventBusPublisher.Create(source, new EventBusOptions { CreateTable = false });
        var emitter = publisher.Emitter<ILedgerEvents>();
        await emitter.Closed(1);
        await journal.ExecuteAsync(fault);

        // They wait behind the first one, so they are in one statement.
        Task[] events =
        [
            emitter.Shown(1).AsTask(), emitter.Closed(2).AsTask(), emitter.Shown(2).AsTask(), emitter.Placed("o", 3).AsTask(),
            emitter.Shown(3).AsTask(),
        ];
        await Task.WhenAll(events[0], events[2], events[4]);
        foreach (var emit in (Task[])[events[1], events[3]])
        {
            var failure = await Assert.ThrowsAsync<EventNotSentException>(() => emit);
            Assert.StartsWith("The event could not be written to the journal: ", failure.Message, StringComparison.Ordinal);
            Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
            Assert.False(failure.IsTransient);
        }
    }

    [Fact]
    public async Task Database_that_is_read_only_fails_journaled_events_for_now()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync("ALTER DATABASE {database} SET default_transaction_read_only = on");
        await using var source = database.Server.CreateDataSource(journal.Configure);
        await using var publisher = EventBusPublisher.Create(source);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => publisher.Emitter<ILedgerEvents>().Closed(1).AsTask());
        Assert.Contains("read-only", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
        await publisher.Emitter<ILedgerEvents>().Shown(2);
    }

    [Fact]
    public async Task Publisher_goes_on_when_the_journal_is_repaired()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var journal = await CreateAsync(role);
        await using var source = database.Server.CreateDataSource(As(role, journal));
        await using var publisher = EventBusPublisher.Create(source, new EventBusOptions { CreateTable = false });
        await journal.ExecuteAsync(DropPartitions);
        await Assert.ThrowsAsync<EventNotSentException>(() => publisher.Emitter<ILedgerEvents>().Closed(1).AsTask());
        await journal.ExecuteAsync(JournalTables.MaintainSql());
        while (true)
        {
            try
            {
                await publisher.Emitter<ILedgerEvents>().Closed(2);
                break;
            }
            catch (EventNotSentException) // until the pause is over
            {
                await Task.Yield();
            }
        }

        Assert.Equal(1, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
    }

    [Fact]
    public async Task Owner_makes_missing_partitions_before_the_event_fails()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await publisher.Emitter<ILedgerEvents>().Closed(1);
        await journal.ExecuteAsync(DropPartitions);
        await publisher.Emitter<ILedgerEvents>().Closed(2);
        Assert.Equal([2L], await journal.ReadAsync<long>("SELECT number FROM eventbus_journal_events"));
    }

    [Fact]
    public async Task Locked_journal_fails_journaled_events_and_names_the_session()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        var emitter = publisher.Emitter<ILedgerEvents>();
        await emitter.Closed(1);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using (var locking = new NpgsqlCommand("BEGIN; LOCK TABLE eventbus_journal", connection))
            await locking.ExecuteNonQueryAsync(Cancellation);

        var journaled = emitter.Closed(2).AsTask();
        await emitter.Shown(3);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => journaled);
        Assert.Contains($"is locked by pid {connection.ProcessID}", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Other_table_with_the_name_is_refused()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await own.ExecuteInsideAsync("CREATE TABLE eventbus_journal (id int)");
        await using var publisher = EventBusPublisher.Create(own.DataSource);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => publisher.Emitter<ILedgerEvents>().Closed(1).AsTask());
        Assert.Contains("Set JournalTable to another name", failure.Message, StringComparison.Ordinal);
        await publisher.Emitter<ILedgerEvents>().Shown(1);
    }

    [Fact]
    public async Task Grants_let_a_publisher_write_and_a_node_read()
    {
        await using var publisherRole = await OwnRole.CreateAsync(database.Server);
        await using var nodeRole = await OwnRole.CreateAsync(database.Server);
        await using var journal = await CreateAsync(publisherRole);
        await nodeRole.GrantAsync(database.Server, "eventbus_node");
        await using var writing = database.Server.CreateDataSource(As(publisherRole, journal));
        await using (var publisher = EventBusPublisher.Create(writing, new EventBusOptions { CreateTable = false }))
            await publisher.Emitter<ILedgerEvents>().Filed(1, new byte[3]);
        await AssertDeniedAsync(writing, "SELECT FROM eventbus_journal");
        await AssertDeniedAsync(writing, "SELECT FROM eventbus_journal_events");
        await AssertDeniedAsync(writing, "UPDATE eventbus_journal_state SET incarnation = 2");

        await using var reading = database.Server.CreateDataSource(As(nodeRole, journal));
        foreach (var table in (string[])["journal", "journal_events", "journal_state", "journal_drops", "journal_id_seq"])
        {
            await using var command = reading.CreateCommand($"SELECT FROM eventbus_{table}");
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await AssertDeniedAsync(reading, "DELETE FROM eventbus_journal");
    }

    private static async Task AssertDeniedAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        var rejection = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, rejection.SqlState);
    }

    /// <summary>Creates a journal that the role may only write.</summary>
    private async Task<JournalDatabase> CreateAsync(OwnRole role)
    {
        var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync(AttachmentTable.CreateSql());
        await journal.ExecuteAsync("REVOKE ALL ON SCHEMA public FROM PUBLIC");
        await journal.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "grants.sql"), Cancellation));
        await role.GrantAsync(database.Server, "eventbus_publisher");
        return journal;
    }

    private static Action<NpgsqlConnectionStringBuilder> As(OwnRole role, JournalDatabase journal)
    {
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        return builder =>
        {
            journal.Configure(builder);
            (builder.Username, builder.Password) = (login, login);
        };
    }
}
