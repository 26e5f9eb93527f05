using System.Threading.Channels;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>The parameters that handlers receive besides the arguments, over a real PostgreSQL.</summary>
public sealed class ProvidedParameterTests(DatabaseFixture database)
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Sequence_counts_inline_and_attached_events_but_not_transactions()
    {
        await using var dataSource = database.Server.CreateDataSource();
        await using var first = await StartAsync(dataSource);
        await using var second = await StartAsync(dataSource);
        var (here, there) = (new NoteHandler(), new NoteHandler());
        await first.AddHandlerAsync<INoteEvents>(here, ["r1"]);
        await second.AddHandlerAsync<INoteEvents>(there, ["r1"]);
        var emitter = first.Emitter<INoteEvents>();

        await emitter.To("r1").Noted(null, Cancellation);
        await emitter.To("r1").Noted(new byte[] { 1, 2 }, Cancellation);
        await using (var connection = await dataSource.OpenConnectionAsync(Cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await emitter.Within(transaction).To("r1").Noted(new byte[] { 3 }, Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        var received = await there.TakeAsync(3);
        Assert.Equal(
            [(first.Uid, 1), (first.Uid, 2), (null, null)], received.Select(static context => ((string?)context.Sender, context.Sequence)));
        Assert.Single(received.Select(static context => context.Source).Distinct());
        Assert.All(received, static context => Assert.Equal(["r1"], context.Rooms));
        Assert.Equal(
            [(first.Uid, null), (first.Uid, null), (null, null)],
            (await here.TakeAsync(3)).Select(static context => ((string?)context.Sender, context.Sequence)));

        Assert.False(there.Token.IsCancellationRequested);
        await second.DisposeAsync();
        Assert.True(there.Token.IsCancellationRequested);
    }

    private Task<IEventBus> StartAsync(NpgsqlDataSource dataSource)
    {
        var options = new EventBusOptions { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };
        return EventBusNode.StartAsync(dataSource, options, cancellationToken: Cancellation);
    }

    private sealed class NoteHandler : INoteEvents
    {
        private readonly Channel<EventContext> _received = Channel.CreateUnbounded<EventContext>();

        public CancellationToken Token { get; private set; }

        public async Task<EventContext[]> TakeAsync(int count)
        {
            var taken = new EventContext[count];
            for (var i = 0; i < count; i++)
                taken[i] = await _received.Reader.ReadAsync(Cancellation);
            return taken;
        }

        public ValueTask Noted(ReadOnlyMemory<byte>? image, EventContext context, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            return _received.Writer.WriteAsync(context, cancellationToken);
        }
    }
}
