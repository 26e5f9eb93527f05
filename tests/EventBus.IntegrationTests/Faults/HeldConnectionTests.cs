using EventBus.Diagnostics;
using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Promises;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Connections;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>A node holds its connections, and does not need the pool of the application.</summary>
public sealed class HeldConnectionTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_under_load_holds_at_most_four_backends()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(fixture.Server, names);
        await using var receiver = await TestNode.StartAsync(
            fixture.Server, names, configure: static builder => builder.ApplicationName = "four-backends");
        await using var observer = fixture.Server.CreateDataSource();
        await using var count = observer.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'four-backends'");
        for (var i = 0; i < 200; i++)
        {
            await sender.EmitAsync(i, TestEvent.Large);
            await receiver.EmitAsync(i, TestEvent.Large);
            if (i % 20 == 0)
                Assert.InRange((long)(await count.ExecuteScalarAsync(Cancellation))!, 2, 4 + 1); // and one in the application's pool
        }

        await receiver.UntilAsync(static node => node.Received.Count == 200);
        receiver.DataSource.Clear();
        while ((long)(await count.ExecuteScalarAsync(Cancellation))! > 4)
            await Task.Yield();
    }

    [Fact]
    public async Task Node_without_application_name_has_one()
    {
        await using var node = await TestNode.StartAsync(fixture.Server, TestNames.Create());
        await fixture.FindBackendAsync("EventBus", Backend.Listener);
    }

    [Theory]
    [InlineData(3_000, 3)]
    [InlineData(1_500, 30)] // Npgsql's own: a command timeout has whole seconds.
    public async Task OpenToListenAsync_command_timeout_is_the_wait(int wait, int commandTimeout)
    {
        await using var dataSource = fixture.Server.CreateDataSource();
        var diagnostics = new BusDiagnostics(new RecordingLogger(), errorHandler: null);
        await using var opener = new ConnectionOpener(dataSource, new EventBusOptions(), TimeProvider.System, diagnostics);
        await using var listening = (await opener.OpenToListenAsync(TimeSpan.FromMilliseconds(wait), Cancellation)).Connection;
        await using var command = listening.CreateCommand();
        Assert.Equal(commandTimeout, command.CommandTimeout);
    }

    [Fact]
    public async Task Node_reconnects_and_reads_attachments_while_the_application_holds_its_pool()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(fixture.Server, names);
        await using var node = await TestNode.StartAsync(fixture.Server, names, configure: static builder =>
        {
            builder.ApplicationName = "full-pool";
            builder.MaxPoolSize = 2;
        });
        await node.EmitAsync(0);
        await using var first = await node.DataSource.OpenConnectionAsync(Cancellation);
        await using var second = await node.DataSource.OpenConnectionAsync(Cancellation);

        await fixture.TerminateAsync(await fixture.FindBackendAsync("full-pool", Backend.Publisher));
        await fixture.TerminateAsync(await fixture.FindBackendAsync("full-pool", Backend.Listener));
        await node.UntilAsync(static node => node.ListenedAgain == 1 && node.Connected[^1]);

        await sender.EmitAsync(1, TestEvent.Large);
        await node.EmitAsync(2, TestEvent.Large);
        await node.UntilAsync(static node => node.Received is [1]);
        await sender.UntilAsync(static sender => sender.Received[^1] == 2);
    }

    [Fact]
    public async Task Node_role_set_by_a_physical_initializer_uses_the_pool()
    {
        await using var role = await OwnRole.CreateAsync(fixture.Server);
        var name = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        var builder = new NpgsqlDataSourceBuilder(fixture.Server.ConnectionString);
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand($"SET ROLE {name}", connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand($"SET ROLE {name}", connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            });
        var dataSource = builder.Build(); // The node disposes it.
        var names = TestNames.Create();
        await using (await TestNode.StartAsync(fixture.Server, names))
        {
            // The node created the table.
        }

        await role.GrantAsync(fixture.Server, $"INSERT (payload), SELECT, DELETE ON {names.Table}");
        await using (var node = TestNode.Create(dataSource, names))
        {
            await node.Transport.StartAsync(node, Cancellation);
            Assert.Contains(node.Logger.Entries, entry => entry.Id == 109 && entry.Message.Contains(name!, StringComparison.Ordinal));
            await node.EmitAsync(1, TestEvent.Large);
        }

        // With a data source of its own the bus has the role, and no warning is needed.
        var own = builder.Build();
        await using (var node = TestNode.Create(own, names, new() { DedicatedDataSource = true }))
        {
            await node.Transport.StartAsync(node, Cancellation);
            Assert.DoesNotContain(node.Logger.Entries, static entry => entry.Id == 109);
            await node.EmitAsync(1, TestEvent.Large);
        }
    }

    [Fact]
    public async Task StartAsync_dedicated_data_source_with_a_small_pool_throws()
    {
        await using var node = TestNode.Create(
            fixture.Server,
            TestNames.Create(),
            new() { DedicatedDataSource = true },
            configure: static builder => builder.MaxPoolSize = 3);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains("Maximum Pool Size to at least 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Frozen_backend_of_a_publisher_commits_nothing_after_later_events()
    {
        var names = TestNames.Create();
        var options = new EventBusOptions { PublishTimeout = TimeSpan.FromSeconds(4) };
        await using var sender = await TestNode.StartAsync(
            fixture.Server, names, options, configure: static builder => builder.ApplicationName = "frozen-publisher");
        await using var source = fixture.Server.CreateDataSource();
        await using var raw = await RawListener.ListenAsync(source, names.Channel);
        var number = 0;
        var backend = await fixture.PausePublisherAsync("frozen-publisher", () => sender.EmitAsync(++number).AsTask());
        try
        {
            await sender.EmitAsync(++number);
        }
        finally
        {
            await fixture.Server.ResumeBackendAsync(backend);
        }

        await fixture.UntilGoneAsync(backend);
        await sender.EmitAsync(++number);
        var numbers = (await raw.UntilAsync(TextOf(number))).Select(payload => NumberOf(payload, number)).ToArray();
        Assert.Equal(numbers.Order(), numbers);
        Assert.DoesNotContain(sender.Logger.Entries, static entry => entry.Id == 108);
    }

    [Fact(Timeout = 120_000)]
    public async Task Locked_table_does_not_make_peers_leave()
    {
        await using var source = fixture.Server.CreateDataSource();
        var options = new EventBusOptions
        {
            ChannelPrefix = TestNames.Create().Table,
            TableName = TestNames.Create().Table,
            HeartbeatInterval = TimeSpan.FromMilliseconds(500),
            HeartbeatTimeout = TimeSpan.FromSeconds(4),
        };
        await using var peer = await EventBusNode.StartAsync(source, options, cancellationToken: Cancellation);
        await using var node = await EventBusNode.StartAsync(source, options, cancellationToken: Cancellation);
        var left = 0;
        node.Of().NodeLeft += _ => Interlocked.Increment(ref left);
        await NodeCount.UntilAsync(node.Of(), 2);

        await using (var connection = await source.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using (var command = new NpgsqlCommand($"LOCK TABLE {options.TableName} IN ACCESS EXCLUSIVE MODE", connection))
                await command.ExecuteNonQueryAsync(Cancellation);
            await using (var header = source.CreateCommand("SELECT pg_notify($1, $2)"))
            {
                header.Parameters.AddWithValue($"{options.ChannelPrefix}#/");
                header.Parameters.AddWithValue("""{"uid":"stranger","nsp":"/","type":3,"attachmentId":"1"}""");
                await header.ExecuteNonQueryAsync(Cancellation);
            }

            // Both nodes try to read the attachment, and deliver nothing behind it for longer than a heartbeat timeout.
            await using var waits = source.CreateCommand(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND query LIKE $1 AND clock_timestamp() - query_start > '5 s'
                """);
            waits.Parameters.AddWithValue($"%octet_length%{options.TableName}%");
            while ((long)(await waits.ExecuteScalarAsync(Cancellation))! < 2)
                await Task.Yield();
            Assert.Equal(2, await node.Of().ServerCountAsync(Cancellation));
        }

        await using var joined = await EventBusNode.StartAsync(source, options, cancellationToken: Cancellation);
        await NodeCount.UntilAsync(node.Of(), 3);
        Assert.Equal(0, Volatile.Read(ref left));
    }

    private static int NumberOf(string payload, int last) =>
        Enumerable.Range(1, last).First(number => payload.Contains(TextOf(number), StringComparison.Ordinal));

    private static string TextOf(long number) => $"\"event\",{number},";
}
