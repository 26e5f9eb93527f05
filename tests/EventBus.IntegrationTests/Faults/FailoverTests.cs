using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>A standby is promoted, and the address of the primary leads to it.</summary>
public sealed class FailoverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_whose_primary_dies_listens_to_the_promoted_standby_and_counts_every_event()
    {
        await using var primary = await StartPrimaryAsync();
        await using var standby = await primary.StartStandbyAsync(Cancellation);
        await using var address = new Relay(primary.ConnectionString);
        var names = TestNames.Create();
        var options = new EventBusOptions { PublishTimeout = TimeSpan.FromSeconds(3) };
        await using var sender = await TestNode.StartAsync(primary, names, options, configure: address.Configure);
        await using var receiver = await TestNode.StartAsync(primary, names, options, configure: address.Configure);
        await sender.EmitAsync(0, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received is [0]);
        await UntilAsync(standby, $"SELECT to_regclass('{names.Table}') IS NOT NULL");

        using var enough = new CancellationTokenSource();
        var load = EmitUntilAsync(sender, enough.Token);
        await receiver.UntilAsync(static node => node.Received.Count >= 100);
        await primary.StopAsync(ServerStop.Immediate, Cancellation);
        await receiver.UntilAsync(static node => !node.Connected[^1]);
        await sender.UntilAsync(static node => !node.Connected[^1]);
        await standby.PromoteAsync(Cancellation);
        address.MoveTo(standby.ConnectionString);
        await receiver.UntilAsync(static node => node.Connected[^1]);
        await sender.UntilAsync(static node => node.Connected[^1]);
        var before = receiver.Received.Count;
        await receiver.UntilAsync(node => node.Received.Count >= before + 100);
        await enough.CancelAsync();
        var numbered = await load;
        await sender.EmitAsync(numbered++);
        await receiver.UntilAsync(node => node.Received[^1] == numbered - 1);

        // Notifications are not replicated, and the standby may lack the last rows. The new rows may get ids that the old primary used.
        // The losses of a new connection are counted when the role of its backend is known.
        await receiver.UntilAsync(node => node.Received.Count + node.Lost == numbered);
        Assert.Equal(receiver.Received.Order().Distinct(), receiver.Received);
        Assert.NotEmpty(receiver.Reported);
    }

    [Fact]
    public async Task Node_whose_listener_stays_with_the_old_primary_notices_it_and_moves()
    {
        await using var primary = await StartPrimaryAsync();
        await using var standby = await primary.StartStandbyAsync(Cancellation);
        await using var address = new Relay(primary.ConnectionString);
        var names = TestNames.Create();
        var options = new EventBusOptions(); // A shorter keepalive would give up a listener because this process stands still.
        await using var node = await TestNode.StartAsync(primary, names, options, configure: builder =>
        {
            address.Configure(builder);
            builder.ApplicationName = "failover";
        });
        await node.EmitAsync(0, TestEvent.Large);
        await UntilAsync(standby, $"SELECT to_regclass('{names.Table}') IS NOT NULL");

        // Nobody ends the old primary: its connections stay open, and respond.
        await standby.PromoteAsync(Cancellation);
        address.MoveTo(standby.ConnectionString);
        await UntilAsync(primary, "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity "
            + "WHERE application_name = 'failover' AND query NOT LIKE 'LISTEN%' AND query <> 'SELECT 1'");
        node.Transport.RequestCheck();
        await node.UntilAsync(static node => node.Reported.Any(static exception => exception is NotificationsMissingException));
        await node.UntilAsync(static node => node.ListenedAgain == 1 && node.Connected[^1]);

        await using var sender = await TestNode.StartAsync(standby, names, options);
        await sender.EmitAsync(1);
        await sender.EmitAsync(2, TestEvent.Large);
        await node.UntilAsync(static node => node.Received is [1, 2]);
        await node.EmitAsync(3, TestEvent.Large);
        await sender.UntilAsync(static sender => sender.Received is [3]);
        await UntilAsync(primary, "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'failover'");
        Assert.Equal((0, 0), (node.Lost, sender.Lost));
    }

    private static Task<PostgresServer> StartPrimaryAsync() => PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);

    private static async Task UntilAsync(PostgresServer server, string condition)
    {
        await using var dataSource = server.CreateDataSource(static builder => builder.Pooling = false);
        await using var command = dataSource.CreateCommand(condition);
        while (await command.ExecuteScalarAsync(Cancellation) is not true)
            await Task.Yield();
    }

    /// <returns>How many events were numbered.</returns>
    private static async Task<int> EmitUntilAsync(TestNode sender, CancellationToken enough)
    {
        var numbered = 1;
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await sender.EmitAsync(numbered, numbered % 5 == 0 ? TestEvent.Large : 0, CancellationToken.None);
            }
            catch (Exception exception) when (exception is EventNotSentException or EventOutcomeUnknownException)
            {
                // If it did not arrive, it is counted as lost.
            }

            numbered++;
        }

        return numbered;
    }
}
