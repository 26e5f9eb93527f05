using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>After a lost connection or a restart of the server, a node reconnects and counts exactly the events that it missed.</summary>
public sealed class LostConnectionTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    [Fact]
    public async Task Listener_killed_listens_again_and_counts_missed_events()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(fixture.Server, names);
        await using var receiver = await TestNode.StartAsync(
            fixture.Server, names, configure: static builder => builder.ApplicationName = "killed-listener");
        await sender.EmitAsync(1); // Both statements are prepared before the outage, and not during it.
        await sender.EmitAsync(2, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 2);

        var backend = await fixture.FindBackendAsync("killed-listener", Backend.Listener);
        var killed = fixture.TerminateAsync(backend);
        var last = 2;
        while (!killed.IsCompleted || receiver.Diagnostics.Reconnects.Value == 0)
            await sender.EmitAsync(++last, last % 10 == 0 ? TestEvent.Large : 0);
        await killed;
        await receiver.UntilAsync(static node => node.ListenedAgain == 1 && node.Connected is [true, false, true]);
        Assert.True(sender.Transport.Publisher.TryPost(sender.Heartbeat()));
        await receiver.UntilAsync(node => node.Received.Count + node.Lost == last);

        Assert.True(receiver.Lost > 0);
        Assert.Equal(receiver.Lost, receiver.Diagnostics.Lost.Value);
        Assert.All(receiver.Gaps, gap => Assert.Equal(sender.Transport.Source, gap.Source));
        Assert.Equal(1, receiver.Diagnostics.Reconnects.Value);
        await sender.EmitAsync(-1);
        await receiver.UntilAsync(static node => node.Received[^1] == -1);
    }

    [Fact]
    public async Task Attachment_id_given_twice_by_a_crashed_server_is_read_again()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(fixture.Server, names);
        await using var receiver = await TestNode.StartAsync(
            fixture.Server, names, configure: static builder => builder.ApplicationName = "crashed-server");
        await sender.EmitAsync(1, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        // A crash can lose the last rows, and the last ids of the sequence with them.
        await using (var truncate = sender.DataSource.CreateCommand($"TRUNCATE {names.Table} RESTART IDENTITY"))
            await truncate.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await fixture.TerminateAsync(await fixture.FindBackendAsync("crashed-server", Backend.Listener));
        await receiver.UntilAsync(static node => node.ListenedAgain == 1);
        await sender.EmitAsync(2, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count + node.LostAttachments.Count == 2);

        Assert.Equal([1, 2], receiver.Received);
    }

    [Fact]
    public async Task Log_throws_and_listener_and_publisher_go_on()
    {
        var names = TestNames.Create();
        await using var other = await TestNode.StartAsync(fixture.Server, names);
        await using var node = await TestNode.StartAsync(
            fixture.Server, names, configure: static builder => builder.ApplicationName = "throwing-logger");
        await node.EmitAsync(1);
        await other.EmitAsync(2);
        await node.UntilAsync(static node => node.Received is [2]);

        node.Logger.Throws = true;
        await fixture.TerminateAsync(await fixture.FindBackendAsync("throwing-logger", Backend.Publisher));
        node.Transport.RequestCheck();
        await node.UntilAsync(static node => node.Connected is [true, false, true]);
        await fixture.TerminateAsync(await fixture.FindBackendAsync("throwing-logger", Backend.Listener));
        await node.UntilAsync(static node => node.ListenedAgain == 1 && node.Connected is [true, false, true, false, true]);

        await node.EmitAsync(3);
        await other.EmitAsync(4);
        await node.UntilAsync(static node => node.Received[^1] == 4);
        await other.UntilAsync(static other => other.Received[^1] == 3);
        Assert.Contains(node.Reported, static error => error.Message == "thrown by the logger");
    }

    [Fact]
    public async Task RequestCheck_killed_publisher_reconnects_and_loses_nothing()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(
            fixture.Server, names, configure: static builder => builder.ApplicationName = "killed-publisher");
        await using var receiver = await TestNode.StartAsync(fixture.Server, names);
        await sender.EmitAsync(1);

        var backend = await fixture.FindBackendAsync("killed-publisher", Backend.Publisher);
        await fixture.TerminateAsync(backend);
        sender.Transport.RequestCheck();
        await sender.UntilAsync(static node => node.Connected is [true, false, true]);
        await sender.EmitAsync(2);

        await receiver.UntilAsync(static node => node.Received.Count == 2);
        Assert.Equal(0, receiver.Lost);
    }

    [Fact]
    public async Task EmitAsync_publisher_killed_under_load_is_sent_or_unknown()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(
            fixture.Server, names, configure: static builder => builder.ApplicationName = "killed-under-load");
        await using var receiver = await TestNode.StartAsync(fixture.Server, names);
        await sender.EmitAsync(-1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        var sent = new HashSet<long>();
        var unknown = new HashSet<long>();
        for (var round = 0; round < 5; round++)
        {
            var backend = await fixture.FindBackendAsync("killed-under-load", Backend.Publisher);
            var killed = fixture.TerminateAsync(backend);
            for (var i = 0; !killed.IsCompleted || i < 50; i++)
            {
                var number = (round * 1_000_000) + i;
                try
                {
                    await sender.EmitAsync(number);
                    sent.Add(number);
                }
                catch (EventOutcomeUnknownException)
                {
                    unknown.Add(number);
                }
            }

            await killed;
        }

        await sender.EmitAsync(-2);
        await receiver.UntilAsync(static node => node.Received[^1] == -2);
        Assert.Subset(receiver.Received.ToHashSet(), sent);
        await receiver.UntilAsync(node => node.Received.Count + node.Lost == sent.Count + unknown.Count + 2);
    }

    [Fact]
    public async Task EmitAsync_during_five_restarts_is_received_or_counted_as_lost()
    {
        var names = TestNames.Create();
        var options = new EventBusOptions { PublishTimeout = TimeSpan.FromSeconds(3) };
        await using var sender = await TestNode.StartAsync(fixture.Server, names, options);
        await using var receiver = await TestNode.StartAsync(fixture.Server, names, options);
        await sender.EmitAsync(0);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        using var enough = new CancellationTokenSource();
        var load = EmitUntilAsync(sender, enough.Token);
        for (var restart = 1; restart <= 5; restart++)
        {
            var so = restart;
            await fixture.Server.RestartAsync(restart % 2 == 0 ? EventBus.Testing.ServerStop.Immediate : EventBus.Testing.ServerStop.Fast);
            await receiver.UntilAsync(node => node.ListenedAgain >= so && node.Connected is [.., true]);
            await sender.UntilAsync(node => node.ListenedAgain >= so && node.Connected is [.., true]);
        }

        await enough.CancelAsync();
        var (numbered, sent) = await load;
        await sender.EmitAsync(numbered++);
        await receiver.UntilAsync(node => node.Received[^1] == numbered - 1);

        await receiver.UntilAsync(node => node.Received.Count + node.Lost == numbered);
        Assert.All(receiver.Received, number => Assert.InRange(number, 0, numbered - 1));
        Assert.Equal(receiver.Received.Order(), receiver.Received);
        Assert.InRange(sent, 1, numbered);
    }

    private static async Task<(int Numbered, int Sent)> EmitUntilAsync(TestNode sender, CancellationToken enough)
    {
        var (numbered, sent) = (1, 0);
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await sender.EmitAsync(numbered, numbered % 50 == 0 ? TestEvent.Large : 0, CancellationToken.None);
                sent++;
            }
            catch (Exception exception) when (exception is EventNotSentException or EventOutcomeUnknownException)
            {
                // If it did not arrive, it is counted as lost.
            }

            numbered++;
        }

        return (numbered, sent);
    }
}
