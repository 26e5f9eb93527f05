using System.Text.Json;
using EventBus.InteropTests.Harness;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>Events within a transaction, received by an unmodified Socket.IO server's clients.</summary>
public sealed class TransactionTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Date = new(2026, 2, 28, 21, 59, 58, TimeSpan.Zero);

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clients_get_what_commits_and_nothing_of_what_does_not(bool isPublisher)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await InteropCluster.StartAsync(postgres, cancellation);
        var emitter = isPublisher ? cluster.Publisher.Emitter<IInteropEvents>() : cluster.Bus.Emitter<IInteropEvents>();
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var connection = await dataSource.OpenConnectionAsync(cancellation);

        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await emitter.Within(transaction).Photo("rolled back", Date, new byte[] { 1 }, cancellation);
            await emitter.Within(transaction).Ping(Date, cancellation);
        }

        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await emitter.Within(transaction).To("r1").Ping(Date, cancellation);
            await emitter.Within(transaction).To("r1").Ping(Date, cancellation);
            await transaction.SaveAsync("here", cancellation);
            await emitter.Within(transaction).To("r1").Order(new InteropOrder("taken back", 1, [], null), cancellation);
            await transaction.RollbackAsync("here", cancellation);
            await transaction.CommitAsync(cancellation);
        }

        // In a transaction of its own: a Socket.IO server does not keep the order of small and attached events.
        await WaitForTwoAsync("node.one", "ping");
        await WaitForTwoAsync("net.one", "ping");
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await emitter.Within(transaction).Except("r2").Photo("Zoë", Date, new byte[] { 1, 2, 255 }, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        foreach (var receiver in (string[])["node.one", "net.one", "node.plain", "net.plain"])
        {
            var photo = await cluster.WaitForAsync(receiver, "photo", cancellation);
            using var expected = JsonDocument.Parse("""["Zoë","2026-02-28T21:59:58.000Z",{"$bin":"0102ff"}]""");
            Assert.True(JsonElement.DeepEquals(expected.RootElement, photo), photo.GetRawText());
        }

        Assert.Equal(["ping", "ping", "photo"], cluster.Received("node.one"));
        Assert.Equal(["ping", "ping", "photo"], cluster.Received("net.one"));
        Assert.Equal(["photo"], cluster.Received("node.plain"));
        Assert.Equal(["photo"], cluster.Received("net.plain"));
        Assert.Equal(["ping", "ping"], cluster.Received("node.both"));
        Assert.DoesNotContain(cluster.Log.All, static report => ReportLog.IsOf(report, "error"));
        Assert.Equal(0, cluster.Bus.Statistics.Lost + cluster.Bus.Statistics.Malformed);

        Task WaitForTwoAsync(string receiver, string name) => cluster.Log.WaitAsync(
            reports => reports.Count(report => ReportLog.IsOf(report, "received") && report.GetProperty("socket").ValueEquals(receiver) && report.GetProperty("name").ValueEquals(name)) == 2
                ? name
                : null,
            cancellation);
    }
}
