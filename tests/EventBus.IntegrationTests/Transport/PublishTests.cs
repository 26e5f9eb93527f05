using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Transport.Postgres;
using EventBus.Wire;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>Messages are published together and in order, and each has its own outcome.</summary>
public sealed class PublishTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmitAsync_with_the_longest_timeout_is_published()
    {
        await using var source = database.Server.CreateDataSource();
        var names = TestNames.Create();
        await using var publisher = new TestPublisher(source, names, new() { PublishTimeout = TimeSpan.FromDays(1) });
        await publisher.Pipeline.StartAsync(Cancellation);

        await publisher.EmitAsync(1);

        Assert.Equal(1, publisher.Diagnostics.Published.Value);
    }

    [Fact]
    public async Task EmitAsync_queued_events_share_transactions()
    {
        const int events = 10_000;
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await using (var publisher = new TestPublisher(own.DataSource, TestNames.Create()))
        {
            // All are queued before the start, so the number that waits does not depend on the speed of the machine.
            var emits = new List<Task>();
            for (var i = 0; i < events; i++)
                emits.Add(publisher.EmitAsync(i).AsTask());
            await publisher.Pipeline.StartAsync(Cancellation);
            await Task.WhenAll(emits);
        }

        // A backend reports its transactions at the latest when it ends.
        await own.DataSource.DisposeAsync();
        const int startup = 50;
        Assert.InRange(await own.CommittedAsync(database.Server), 1, events / PublishQueue.BatchMessages + startup);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TestEvent.Large)]
    public async Task PublishAsync_rejected_message_fails_alone_and_others_arrive_in_order(int padding)
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var source = database.Server.CreateDataSource();
        await using var publisher = new TestPublisher(source, names);
        var tooLong = new MessageEncoder(
            new() { Channel = new string('c', 64), Namespace = "/", Uid = "emitter", Source = publisher.Pipeline.Source });

        // All are queued before the start, so they are in the same statement.
        var others = new List<Task>();
        var rejected = new List<Task>();
        for (var i = 0; i < 200; i++)
        {
            others.Add(publisher.EmitAsync(i, i % 3 == 0 ? padding : 0).AsTask());
            if (i % 67 == 5)
                rejected.Add(publisher.Pipeline.PublishAsync(tooLong.Broadcast(new TestEvent(i, padding), default), Cancellation).AsTask());
        }

        await publisher.Pipeline.StartAsync(Cancellation);
        await Task.WhenAll(others);
        foreach (var emit in rejected)
            Assert.False((await Assert.ThrowsAsync<EventNotSentException>(() => emit)).IsTransient);
        await receiver.UntilAsync(static node => node.Received.Count == 200);

        Assert.Equal(Enumerable.Range(0, 200).Select(static i => (long)i), receiver.Received);
        Assert.Equal(0, receiver.Lost);
        Assert.Equal(rejected.Count, publisher.Diagnostics.PublishFailures.Value);
    }

    [Fact]
    public async Task EmitAsync_cancelled_in_the_queue_is_not_sent_and_leaves_a_gap()
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
    public async Task TryPost_group_is_one_transaction_and_equal_events_stay_separate()
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
    public async Task DrainAsync_publishes_queued_messages_and_rejects_more()
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
    public async Task EmitAsync_without_table_privileges_sends_inline_and_rejects_attached()
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
    public async Task PublishAsync_channels_with_any_characters_share_one_statement()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        string[] suffixes = ["a\nb", "quo\"te", "semi;colon", "d'Été 🎉", "back\\slash"];
        string[] channels = [.. suffixes.Select(suffix => $"{names.Channel}{suffix}")];
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
            var encoder = new MessageEncoder(
                new() { Channel = channel, Namespace = channel, Uid = "emitter", Source = publisher.Pipeline.Source });
            emits.Add(publisher.Pipeline.PublishAsync(encoder.Broadcast(new TestEvent(i), default), Cancellation).AsTask());
        }

        await publisher.Pipeline.StartAsync(Cancellation);
        await Task.WhenAll(emits);
        await receiver.UntilAsync(static node => node.Received.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (long)i), receiver.Received);
        Assert.Equal(channels.Length, seen.Count);
    }

    [Fact]
    public void Constructor_invalid_table_name_throws()
    {
        using var source = NpgsqlDataSource.Create("Host=127.0.0.1");
        foreach (var name in (string[])["", "a\0b", "a\ud800b", new string('x', 64), new string('é', 32), ".t", "s."])
        {
            var options = new EventBusOptions { TableName = name };
            Assert.Throws<ArgumentException>(
                () => new PostgresPublisher(source, options, TimeProvider.System, new BusDiagnostics(new RecordingLogger(), null)));
        }
    }
}
