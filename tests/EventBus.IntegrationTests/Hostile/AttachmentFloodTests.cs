using EventBus.IntegrationTests.Transport;
using EventBus.Wire;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Hostile;

/// <summary>Notifications of a role that may only connect, which name attachments of others.</summary>
public sealed class AttachmentFloodTests(DatabaseFixture database)
{
    private const int Headers = 400;
    private const int Large = 4 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notify_many_headers_of_one_attachment_read_it_once()
    {
        var names = TestNames.Create();
        var reads = 0;
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, beforeAttachmentIsReady: CountAsync);
        await using var forger = await ForgingRole.CreateAsync(database.Server, names.Channel);
        await sender.EmitAsync(1, Large);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        // Some before and some after it is needed no more.
        await FloodAsync(forger, sender, first: 2);

        await receiver.UntilAsync(static node => node is { Received.Count: 11, LostAttachments.Count: Headers });
        Assert.Equal(Enumerable.Range(1, 11).Select(static number => (long)number), receiver.Received);
        Assert.Empty(receiver.Gaps);
        Assert.Equal(1, reads);

        Task CountAsync(long id)
        {
            Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Notify_many_headers_of_a_missing_attachment_look_for_it_at_most_twice()
    {
        var names = TestNames.Create();
        var reads = 0;
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, beforeAttachmentIsReady: _ =>
        {
            reads++;
            return Task.CompletedTask;
        });
        await using var forger = await ForgingRole.CreateAsync(database.Server, names.Channel);
        await FloodAsync(forger, sender, first: 1);

        await receiver.UntilAsync(static node => node is { Received.Count: 10, LostAttachments.Count: Headers });

        // A header can arrive when the first look has ended, but the header before it is not reported yet.
        Assert.InRange(reads, 1, 2);
        var before = reads;

        // Now the row exists, and another backend announces it.
        await sender.EmitAsync(11, Large);
        await receiver.UntilAsync(static node => node.Received.Count == 11);
        Assert.Equal(Enumerable.Range(1, 11).Select(static number => (long)number), receiver.Received);
        Assert.Empty(receiver.Gaps);
        Assert.Equal(before + 1, reads);
    }

    [Fact]
    public async Task Notify_copies_of_a_header_deliver_its_attachment_once()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var forger = await ForgingRole.CreateAsync(database.Server, names.Channel);
        await StoreOfNodeJsAsync(sender, names);

        await forger.NotifyAsync("""{"uid":"node","type":3,"attachmentId":"1"}""");
        await forger.NotifyAsync(Enumerable.Range(0, 10)
            .Select(static i => $$"""{"uid":"node","type":3,"attachmentId":"1","copy":{{i}}}"""));
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Contains(1));

        Assert.Equal([42, 1], receiver.Received);
        Assert.Equal((10, 0), (receiver.Diagnostics.Late.Value, receiver.Diagnostics.Lost.Value));
    }

    [Fact]
    public async Task Notify_header_before_the_row_does_not_lose_the_event()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        var read = new TaskCompletionSource();
        var isFirst = true;
        await using var receiver = await TestNode.StartAsync(database.Server, names, beforeAttachmentIsReady: async _ =>
        {
            if (isFirst)
                await read.Task;
            isFirst = false;
        });
        await using var forger = await ForgingRole.CreateAsync(database.Server, names.Channel);

        // The forged header is read in vain, and that read is not over when the real header arrives.
        await forger.NotifyAsync("""{"uid":"x","type":3,"attachmentId":"1"}""");
        await using (var query = sender.DataSource.CreateCommand(
            $"SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%unnest($1)%JOIN%{names.Table}%'"))
        {
            while (await query.ExecuteScalarAsync(Cancellation) is not > 1L)
                await Task.Yield();
        }

        await sender.EmitAsync(1, TestEvent.Large);
        await sender.EmitAsync(2);
        while (receiver.Transport.Progress.Received < 3)
            await Task.Yield();
        read.SetResult();
        await receiver.UntilAsync(static node => node.Received.Count == 2);

        Assert.Equal([1, 2], receiver.Received);
        Assert.Single(receiver.LostAttachments);
    }

    [Fact]
    public async Task Notify_response_without_a_request_is_not_read()
    {
        var names = TestNames.Create();
        var reads = 0;
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, beforeAttachmentIsReady: _ =>
        {
            reads++;
            return Task.CompletedTask;
        });
        receiver.HasRequests = false;
        await using var forger = await ForgingRole.CreateAsync(database.Server, names.Channel);
        await forger.NotifyAsync(Enumerable.Range(1, 100).Select(static id => $$"""{"uid":"x","type":8,"attachmentId":"{{id}}"}"""));
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        Assert.Equal(0, reads);
    }

    /// <summary>Sends forged headers of the first attachment, and ten real events between them.</summary>
    private static async Task FloodAsync(ForgingRole forger, TestNode sender, int first)
    {
        for (var i = 0; i < 10; i++)
        {
            await forger.NotifyAsync(Enumerable.Range(0, Headers / 10)
                .Select(j => $$"""{"uid":"x{{i}}-{{j}}","type":3,"attachmentId":"1"}"""));
            await sender.EmitAsync(first + i);
        }
    }

    /// <summary>Stores the attachment of a Socket.IO server, whose messages have no number.</summary>
    private static async Task StoreOfNodeJsAsync(TestNode node, TestNames names)
    {
        using var message = new MessageEncoder(new()
        {
            Channel = names.Channel,
            Namespace = "/",
            Uid = "node",
            Source = null,
        }).Broadcast(new TestEvent(42, TestEvent.Large), default);
        message.Number(1, 1);
        await using var insert = node.DataSource.CreateCommand($"INSERT INTO {names.Table} (payload) VALUES ($1)");
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = message.Attachment.ToArray() });
        await insert.ExecuteNonQueryAsync(Cancellation);
    }
}
