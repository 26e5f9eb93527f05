using EventBus.Durable;
using EventBus.Hosting;
using EventBus.IntegrationTests.Journal;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Durable;

/// <summary>The role of a node in <c>grants.sql</c> has the privileges of durable handlers.</summary>
public sealed class GroupGrantTests(DatabaseFixture database)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grants_let_a_node_do_everything_with_a_group()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync(AttachmentTable.CreateSql());
        await journal.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "grants.sql"), Cancellation));
        await role.GrantAsync(database.Server, "eventbus_node");
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        await using var source = database.Server.CreateDataSource(builder =>
        {
            journal.Configure(builder);
            (builder.Username, builder.Password) = (login, login);
        });
        var names = new JournalNames("eventbus_journal");
        var tables = new GroupTables(source, names, "work");
        var letters = new DeadLetters(names, tables);
        var groups = new DurableGroups(source, names);

        await tables.FoundAsync("contract", 1, fromOldest: false, Cancellation);
        await tables.JoinAsync("a", Cancellation);
        var seen = (await tables.LookAsync(Cancellation)).Partitions[0];
        var owned = await tables.ClaimAsync(seen, "a", Cancellation);
        Assert.True(await tables.BeginAsync(0, owned!.Epoch, Cancellation));
        Assert.True(await tables.FailAsync(0, owned.Epoch, Cancellation));
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        Assert.True(await tables.AdvanceAsync(connection, 0, owned.Epoch, isWorking: false, owned.Cursor, Limit, Cancellation));

        var identity = new EventIdentity("s", "c", 0x3FFF_0000_1234_5678, IsTransactional: true);
        var item = new JournalEvent(identity, 5, DateTimeOffset.UnixEpoch, "e", "{}"u8.ToArray(), IsAttached: false, default);
        await letters.BuryAsync(connection, item, "dead", 3, "the \0 error", Cancellation);
        var letter = Assert.Single(await groups.DeadLettersAsync("work", cancellationToken: Cancellation));
        Assert.Equal((identity, DeadLetterState.Dead, 3), (letter.Identity, letter.State, letter.Attempts));
        Assert.Equal(@"the \0 error", letter.Error);
        Assert.Equal(1, await groups.ResumeAsync("work", cancellationToken: Cancellation));
        var resumed = await letters.NextResumedAsync(connection, 1, 0, Cancellation);
        Assert.Equal((identity, "e", "{}"), (resumed!.Event.Identity, resumed.Event.Name, TextOf(resumed.Event)));
        await letters.FailAgainAsync(connection, resumed, "again", Cancellation);
        Assert.Null(await letters.NextResumedAsync(connection, 1, 0, Cancellation));
        await letters.SetErrorAsync(connection, resumed, "and again", Cancellation);
        Assert.Equal(
            (4, "and again"), (await groups.DeadLettersAsync("work", cancellationToken: Cancellation)).Select(ErrorOf).Single());
        Assert.Equal(1, Assert.Single(await groups.GetAsync(Cancellation)).DeadLetters);
        await letters.SettleAsync(connection, resumed, Cancellation);
        Assert.False(await groups.DiscardAsync("work", letter.Id, Cancellation));

        await tables.ReleaseAsync(0, owned.Epoch, Cancellation);
        await tables.LeaveAsync(["a"], Cancellation);
        Assert.Empty((await tables.LookAsync(Cancellation)).Members);
        Assert.True(await groups.RemoveAsync("work", Cancellation));
        Assert.Empty(await groups.GetAsync(Cancellation));
    }

    private static string TextOf(JournalEvent item) => System.Text.Encoding.UTF8.GetString(item.Body.Span);

    private static (int, string) ErrorOf(DeadLetter letter) => (letter.Attempts, letter.Error);
}
