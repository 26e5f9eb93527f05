using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Transport.Postgres;
using EventBus.Wire;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>How messages go out: together, in order, and each answering for itself alone.</summary>
public sealed class PublishTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_longest_timeout_there_is_does_not_keep_an_event_from_being_published()
    {
        await using var source = database.Server.CreateDataSource();
        var names = TestNames.Create();
        await using var publisher = new TestPublisher(source, names, new() { PublishTimeout = TimeSpan.FromDays(1) });
        await publisher.Pipeline.StartAsync(Cancellation);

        await publisher.EmitAsync(1);

        Assert.Equal(1, publisher.Diagnostics.Published.Value);
    }

    [Fact]
    public async Task What_waits_goes_out_together_so_that_there_are_few_transactions()
    {
        const int events = 10_000;
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await using (var publisher = new TestPublisher(own.DataSource, TestNames.Create()))
        {
            // Queued before it starts: how many wait does not depend on how fast the machine is.
            var emits = new List<Task>();
            for (var i = 0; i < events; i++)
                emits.Add(publisher.EmitAsync(i).AsTask());
            await publisher.Pipeline.StartAsync(Cancellation);
            await Task.WhenAll(emits);
        }

        // A closed backend has reported its transactions.
        await own.DataSource.DisposeAsync();
        Assert.InRange(await own.CommittedAsync(database.Server), 1, events / PublishQueue.BatchMessages + 50); // 50: the start's own
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TestEvent.Large)]
    public async Task A_message_that_PostgreSQL_refuses_fails_alone_and_its_neighbours_arrive_in_order(int padding)
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var source = database.Server.CreateDataSource();
        await using var publisher = new TestPublisher(source, names);
        var tooLong = new MessageEncoder(new() { Channel = new string('c', 64), Namespace = "/", Uid = "emitter", Source = publisher.Pipeline.Source });

        // Queued before it starts, they all go out in the same statement.
        var neighbours = new List<Task>();
        var refused = new List<Task>();
        for (var i = 0; i < 200; i++)
        {
            neighbours.Add(publisher.EmitAsync(i, i % 3 == 0 ? padding : 0).AsTask());
            if (i % 67 == 5)
                refused.Add(publisher.Pipeline.PublishAsync(tooLong.Broadcast(new TestEvent(i, padding), default), Cancellation).AsTask());
        }

        await publisher.Pipeline.StartAsync(Cancellation);
        await Task.WhenAll(neighbours);
        foreach (var emit in refused)
            Assert.False((await Assert.ThrowsAsync<EventNotSentException>(() => emit)).IsTransient);
        await receiver.UntilAsync(static node => node.Received.Count == 200);

        Assert.Equal(Enumerable.Range(0, 200).Select(static i => (long)i), receiver.Received);
        Assert.Equal(0, receiver.Lost);
        Assert.Equal(refused.Count, publisher.Diagnostics.PublishFailures.Value);
    }

    [Fact]
    public async Task A_message_withdrawn_before_take_off_is_not_sent_and_its_number_is_missing()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var source = database.Server.CreateDataSource();
        await using var publisher = new TestPublisher(source, names);
        using var cancellation = new CancellationTokenSource();

        var first = publisher.EmitAsync(1).AsTask();
        var withdrawn = publisher.EmitAsync(2, cancellationToken: cancellation.Token).AsTask();
        var last = publisher.EmitAsync(3).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);
        await publisher.Pipeline.StartAsync(Cancellation);
        await Task.WhenAll(first, last);

        await receiver.UntilAsync(static node => node.Received.Count == 2);
        Assert.Equal([1, 3], receiver.Received);
        Assert.Equal([new EventGap(publisher.Pipeline.Source, "/", 1)], receiver.Gaps);
    }

    [Fact]
    public async Task Messages_posted_together_go_out_in_one_transaction_and_equal_events_do_not_collapse()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var source = database.Server.CreateDataSource();
        await using var publisher = new TestPublisher(source, names);
        await publisher.Pipeline.StartAsync(Cancellation);

        OutgoingMessage[] group = [.. Enumerable.Range(0, 300).Select(_ => publisher.Event(7))];
        Assert.True(publisher.Pipeline.TryPost(group));
        await receiver.UntilAsync(static node => node.Received.Count == 300);

        Assert.All(receiver.Received, static number => Assert.Equal(7, number));
        Assert.Equal(0, receiver.Lost);
    }

    [Fact]
    public async Task Draining_publishes_what_is_queued_and_refuses_more()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var source = database.Server.CreateDataSource();
        await using var publisher = new TestPublisher(source, names);
        await publisher.Pipeline.StartAsync(Cancellation);

        for (var i = 0; i < 5_000; i++)
            Assert.True(publisher.Pipeline.TryPost(publisher.Event(i)));
        await publisher.Pipeline.DrainAsync(Cancellation);

        Assert.Equal(5_000, publisher.Diagnostics.Published.Value);
        Assert.False(publisher.Pipeline.TryPost(publisher.Event(5_000)));
        await Assert.ThrowsAsync<EventBusClosedException>(() => publisher.EmitAsync(5_000).AsTask());
        await receiver.UntilAsync(static node => node.Received.Count == 5_000);
    }

    [Fact]
    public async Task An_inline_batch_needs_no_privilege_on_the_table_and_an_attached_message_says_what_is_missing()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var publisher = new TestPublisher(role.DataSource, names, new() { CreateTable = false });
        await publisher.Pipeline.StartAsync(Cancellation);
        Assert.Single(publisher.Logger.Entries, static entry => entry.Id == 132);

        await publisher.EmitAsync(1);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => publisher.EmitAsync(2, TestEvent.Large).AsTask());
        Assert.False(failure.IsTransient);
        Assert.Contains("permission denied", failure.Message, StringComparison.Ordinal);

        await role.GrantAsync(database.Server, $"INSERT (payload), SELECT (id) ON {names.Table}");
        await publisher.EmitAsync(3, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 2);
        Assert.Equal([1, 3], receiver.Received);
        Assert.Equal(1, receiver.Lost);
    }

    [Fact]
    public async Task A_channel_may_hold_any_character_and_many_go_out_in_one_statement()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        string[] channels = [.. new[] { "a\nb", "quo\"te", "semi;colon", "d'Été 🎉", "back\\slash" }.Select(name => $"{names.Channel}{name}")];
        foreach (var channel in channels)
            await receiver.Transport.ListenAsync(channel, channel, Cancellation);
        var seen = new HashSet<string>();
        receiver.Handler = message => seen.Add(message.Namespace);
        await using var source = database.Server.CreateDataSource();
        await using var publisher = new TestPublisher(source, names);

        var emits = new List<Task>();
        for (var i = 0; i < 100; i++)
        {
            var channel = channels[i % channels.Length];
            var encoder = new MessageEncoder(new() { Channel = channel, Namespace = channel, Uid = "emitter", Source = publisher.Pipeline.Source });
            emits.Add(publisher.Pipeline.PublishAsync(encoder.Broadcast(new TestEvent(i), default), Cancellation).AsTask());
        }

        await publisher.Pipeline.StartAsync(Cancellation);
        await Task.WhenAll(emits);
        await receiver.UntilAsync(static node => node.Received.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (long)i), receiver.Received);
        Assert.Equal(channels.Length, seen.Count);
    }

    [Fact]
    public void A_name_that_PostgreSQL_would_choke_on_is_refused_before_any_SQL()
    {
        using var source = NpgsqlDataSource.Create("Host=127.0.0.1");
        foreach (var name in (string[])["", "a\0b", "a\ud800b", new string('x', 64), new string('é', 32), ".t", "s."])
        {
            var options = new EventBusOptions { TableName = name };
            Assert.Throws<ArgumentException>(() => new PostgresPublisher(source, options, TimeProvider.System, new BusDiagnostics(new RecordingLogger(), null)));
        }
    }
}
