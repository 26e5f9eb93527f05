using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Promises;

/// <summary>
/// Promises of EventBus that the reference adapter does not make, from the table in docs/protocol.md. The table also names the tests of the
/// other promises.
/// </summary>
public sealed class ReferenceLimitTests(DatabaseFixture database) : IAsyncLifetime
{
    private const int NewNodes = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private NpgsqlDataSource _dataSource = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource(builder => builder.ApplicationName = _unique);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    [Fact]
    public async Task Emit_large_event_is_one_statement()
    {
        await using var sender = await StartAsync();
        await sender.Emitter<IStockEvents>().Chart(1, new byte[10_000]);

        await using var command = _dataSource.CreateCommand(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE application_name = $1 AND pid <> pg_backend_pid() AND query LIKE '%INSERT INTO%' AND query LIKE '%pg_notify%'
            """);
        command.Parameters.AddWithValue(_unique);
        Assert.Equal(1L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Emit_rejected_large_event_throws_and_notifies_no_node()
    {
        await using var sender = await StartAsync();
        await using var listener = await RawListener.ListenAsync(_dataSource, $"{_unique}#/");
        await ExecuteAsync($$"""
            CREATE FUNCTION reject_{{_unique}}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'rejected by the test'; END $$;
            CREATE TRIGGER reject BEFORE INSERT ON attachments_{{_unique}} EXECUTE FUNCTION reject_{{_unique}}();
            """);

        var exception = await Assert.ThrowsAsync<EventNotSentException>(
            async () => await sender.Emitter<IStockEvents>().Chart(1, new byte[10_000]));
        Assert.Contains("rejected by the test", exception.ToString(), StringComparison.Ordinal);
        await sender.Emitter<IStockEvents>().Price(2, "small ones are still sent");
        Assert.DoesNotContain(
            await listener.UntilAsync("small ones are still sent"),
            static payload => payload.Contains("attachmentId", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FetchSocketsAsync_dead_node_is_named_and_the_others_respond()
    {
        await using var requester = await StartAsync();
        await using var living = await StartAsync();
        var socket = await living.Of().ConnectAsync(new SocketOptions(), static _ => { });
        await NodeCount.UntilAsync(requester.Of(), 2);
        var known = new TaskCompletionSource();
        requester.Of().NodeJoined += uid =>
        {
            if (uid == "dead")
                known.SetResult();
        };
        await NotifyAsync("""{"type":2,"uid":"dead","nsp":"/"}""");
        await known.Task.WaitAsync(Patience, Cancellation);

        var fetched = await requester.Of().All.FetchSocketsAsync(TimeSpan.FromSeconds(3), Cancellation);
        Assert.Equal(["dead"], fetched.Missing);
        Assert.Equal([socket.Id], fetched.Sockets.Select(static found => found.Id));
    }

    [Fact]
    public async Task EmitWithAckAsync_without_a_timeout_waits_for_the_acks()
    {
        // The default is tested, but not its length: on a busy machine this process may stand still for seconds.
        await using var requester = await StartAsync(static options => options.RequestsTimeout = Patience);
        await using var responder = await StartAsync();
        var asked = new TaskCompletionSource();
        var ack = new TaskCompletionSource<EventValue>();
        await responder.Of().ConnectAsync(new SocketOptions(), socket => socket.On("ask", _ =>
        {
            asked.SetResult();
            return new ValueTask<EventValue>(ack.Task);
        }));
        await NodeCount.UntilAsync(requester.Of(), 2);

        var request = requester.Of().All.EmitWithAckAsync("ask").AsTask();
        await asked.Task.WaitAsync(Patience, Cancellation);
        Assert.False(request.IsCompleted); // The reference would have timed out, because it waits for 1 ms.
        ack.SetResult("at last");

        var acks = await request;
        Assert.Equal((1, false), (acks.Expected, acks.IsTimedOut));
        Assert.Empty(acks.Missing);
        Assert.Equal(["at last"], acks.Responses);
    }

    [Fact]
    public async Task EmitWithAckAsync_of_a_new_node_receives_every_ack()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        foreach (var bus in (IEventBus[])[first, second])
            await bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("ask", _ => ValueTask.FromResult<EventValue>(bus.Uid)));

        // The request follows the start at once. If the process stands still, the first round may end before the others have responded;
        // then another new node makes the request.
        Acks<EventValue> acks;
        var started = 0;
        do
        {
            await using var third = await StartAsync();
            acks = await third.Of().All.EmitWithAckAsync("ask", timeout: Patience);
        }
        while (acks.Expected < 2 && ++started < NewNodes);

        Assert.Equal(2, acks.Expected);
        Assert.Equal(new[] { first.Uid, second.Uid }.Order(), acks.Responses.Select(static ack => ack.GetString()).Order());
    }

    [Fact]
    public async Task FetchSocketsAsync_redacted_handshakes_are_in_no_response()
    {
        await using var requester = await StartAsync();
        await using var responder = await StartAsync(static options => options.RedactHandshakes = true);
        await using var listener = await RawListener.ListenAsync(_dataSource, $"{_unique}#/");
        var secret = EventValue.FromMap(KeyValuePair.Create<string, EventValue>("auth", "secret"));
        await responder.Of().ConnectAsync(new SocketOptions { Id = "guarded", Handshake = secret }, static _ => { });
        await NodeCount.UntilAsync(requester.Of(), 2);

        var fetched = await requester.Of().All.FetchSocketsAsync(Patience, Cancellation);
        Assert.Equal(EventValue.FromMap(), Assert.Single(fetched.Sockets).Handshake);
        Assert.DoesNotContain(
            await listener.UntilAsync("\"type\":8"), static payload => payload.Contains("secret", StringComparison.Ordinal));
    }

    private async Task<IEventBus> StartAsync(Action<EventBusOptions>? configure = null)
    {
        var options = new EventBusOptions { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };
        configure?.Invoke(options);
        return await EventBusNode.StartAsync(_dataSource, options, cancellationToken: Cancellation);
    }

    private async Task NotifyAsync(string payload)
    {
        await using var command = _dataSource.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.AddWithValue($"{_unique}#/");
        command.Parameters.AddWithValue(payload);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
