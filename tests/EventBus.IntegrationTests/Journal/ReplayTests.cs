using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>A bus replays the journaled events of a contract.</summary>
public sealed class ReplayTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_returns_all_forms_in_their_order()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var bus = await EventBusNode.StartAsync(journal.DataSource, cancellationToken: Cancellation);
        var began = await journal.ReadOneAsync<DateTime>("SELECT clock_timestamp()");
        await using (var publisher = EventBusPublisher.Create(journal.DataSource))
        {
            for (var i = 0; i < 600; i++)
                Assert.True(publisher.Emitter<ILedgerEvents>().To("room").Post.Placed($"o{i}", i));
            await publisher.Emitter<ILedgerEvents>().Filed(600, [1, 2, 3]);
            await publisher.Emitter<ILedgerEvents>().Shown(601);
            await publisher.ServerSide<ILedgerEvents>().Closed(602);
        }

        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await bus.Emitter<ILedgerEvents>().Within(transaction).Closed(603);
            await transaction.CommitAsync(Cancellation);
        }

        var ledger = new Ledger();
        HashSet<EventIdentity> identities = [];
        List<DateTimeOffset> times = [];
        await foreach (var item in bus.Replay<ILedgerEvents>(began, Cancellation))
        {
            await item.InvokeAsync(ledger, Cancellation);
            Assert.True(identities.Add(item.Identity));
            times.Add(item.At);
        }

        Assert.Equal([.. Enumerable.Range(0, 600), 600, 602, 603], ledger.Numbers);
        Assert.Equal([1, 2, 3], ledger.Scan);
        Assert.Equal(1, identities.Count(static identity => identity.IsTransactional));
        Assert.All(times, at => Assert.InRange(at, began, DateTimeOffset.MaxValue));

        // From a time on: the last row is that of the transaction.
        var last = 0;
        await foreach (var item in bus.Replay<ILedgerEvents>(times[^1], Cancellation))
            last += item.Identity.IsTransactional ? 1 : 100;
        Assert.Equal(1, last);
    }

    [Fact]
    public async Task Replay_after_a_position_returns_each_event_once()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var bus = await EventBusNode.StartAsync(journal.DataSource, cancellationToken: Cancellation);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using var late = await connection.BeginTransactionAsync(Cancellation);
        await bus.Emitter<ILedgerEvents>().Within(late).Closed(100);
        for (var i = 0; i < 5; i++)
            await EmitAsync(bus, i);

        var ledger = new Ledger();
        var position = default(JournalPosition);
        await foreach (var item in bus.Replay<ILedgerEvents>(DateTimeOffset.MinValue, Cancellation))
        {
            await item.InvokeAsync(ledger, Cancellation);
            position = item.Position;
            if (ledger.Numbers.Count == 3)
                break;
        }

        await late.CommitAsync(Cancellation);
        await EmitAsync(bus, 5);
        for (var repeated = 0; repeated < 2; repeated++)
        {
            await foreach (var item in bus.Replay<ILedgerEvents>(JournalPosition.Parse(position.ToString()), Cancellation))
            {
                await item.InvokeAsync(ledger, Cancellation);
                position = item.Position;
            }
        }

        Assert.Equal([0, 1, 2, 3, 4, 100, 5], ledger.Numbers);
    }

    [Fact]
    public async Task Replay_without_a_journal_names_the_remedy()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await using var bus = await EventBusNode.StartAsync(own.DataSource, cancellationToken: Cancellation);
        var failure = await Assert.ThrowsAsync<JournalNotAvailableException>(() => ReplayAsync(bus));
        Assert.Contains("JournalTables.CreateSql", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Replay_without_a_privilege_names_it()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync(AttachmentTable.CreateSql());
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var source = database.Server.CreateDataSource(builder =>
        {
            journal.Configure(builder);
            var settings = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString);
            (builder.Username, builder.Password) = (settings.Username, settings.Username);
        });
        var name = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        await journal.ExecuteAsync($"GRANT SELECT, INSERT, DELETE ON socket_io_attachments TO {name}; "
            + $"GRANT USAGE ON SEQUENCE socket_io_attachments_id_seq TO {name}");
        try
        {
            await using var bus = await EventBusNode.StartAsync(source, cancellationToken: Cancellation);
            var failure = await Assert.ThrowsAsync<JournalNotAvailableException>(() => ReplayAsync(bus));
            Assert.Contains("GRANT SELECT ON \"eventbus_journal\"", failure.Message, StringComparison.Ordinal);
            await journal.ExecuteAsync($"GRANT SELECT ON eventbus_journal, eventbus_journal_state TO {name}");
            await ReplayAsync(bus);
        }
        finally
        {
            await journal.ExecuteAsync($"DROP OWNED BY {name}");
        }
    }

    [Fact]
    public async Task Replay_after_a_foreign_position_throws()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var bus = await EventBusNode.StartAsync(journal.DataSource, cancellationToken: Cancellation);
        var position = JournalPosition.Parse("memory|1|1|0");
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var item in bus.Replay<ILedgerEvents>(position, Cancellation))
                Assert.Fail($"{item.Identity}");
        });
    }

    private static async Task EmitAsync(IEventBus bus, int number) => await bus.Emitter<ILedgerEvents>().Closed(number);

    private static async Task ReplayAsync(IEventBus bus)
    {
        await foreach (var item in bus.Replay<ILedgerEvents>(DateTimeOffset.MinValue, Cancellation))
            Assert.Fail($"{item.Identity}");
    }

    private sealed class Ledger : ILedgerEvents
    {
        public List<int> Numbers { get; } = [];

        public byte[] Scan { get; private set; } = [];

        public void Placed(string order, int number) => Numbers.Add(number);

        public void Filed(int number, byte[] scan)
        {
            Numbers.Add(number);
            Scan = scan;
        }

        public void Closed(int number) => Numbers.Add(number);

        public void Shown(int number) => Numbers.Add(number);

        public void Drawn(int number, byte[] image) => Numbers.Add(number);
    }
}
