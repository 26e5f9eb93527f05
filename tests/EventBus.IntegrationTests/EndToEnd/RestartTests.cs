using System.Diagnostics;
using System.Threading.Channels;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

public sealed class RestartTests
{
    private const int Emitters = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Emit_during_five_restarts_is_received_or_counted_as_lost()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { MustBePrivate = true });
        await using var dataSource = server.CreateDataSource();
        var options = new EventBusOptions
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(500),
            HeartbeatTimeout = TimeSpan.FromSeconds(60),
            KeepAliveInterval = TimeSpan.FromMilliseconds(500),
            PublishTimeout = TimeSpan.FromSeconds(3),
        };
        var (logOfSender, logOfReceiver) = (new RecordingLogger(), new RecordingLogger());
        await using var sender = await EventBusNode.StartAsync(dataSource, options, new RecordingLoggerFactory(logOfSender));
        await using var receiver = await EventBusNode.StartAsync(dataSource, options, new RecordingLoggerFactory(logOfReceiver));
        var states = Channel.CreateUnbounded<BusState>();
        receiver.StateChanged += state => states.Writer.TryWrite(state);
        var (here, there) = (new StockHandler(), new StockHandler());
        await sender.AddHandlerAsync<IStockEvents>(here);
        await receiver.AddHandlerAsync<IStockEvents>(there);
        var emitter = sender.Emitter<IStockEvents>();
        await emitter.Price(0, "they know each other");
        await there.UntilCountAsync(1);

        var numbered = 1;
        var (sent, notSent, unknown) = (1, 0, 0);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Emitters).Select(_ => Task.Run(EmitAsync)).ToArray();
        for (var restart = 0; restart < 5; restart++)
        {
            await ReceiveMoreAsync();
            await server.StopAsync(restart % 2 == 0 ? ServerStop.Fast : ServerStop.Immediate, TestContext.Current.CancellationToken);
            var local = here.Numbers.Length;
            await here.UntilCountAsync(local + Emitters);
            await server.StartAgainAsync(TestContext.Current.CancellationToken);
            await ListenAgainAsync(restart + 1);
        }

        await ReceiveMoreAsync();
        await stop.CancelAsync();
        await Task.WhenAll(load);

        // If this process stands still, the receiver may reconnect once more, and lose a single last event.
        var first = numbered;
        var isReceived = InTimeAsync(there.UntilAsync(numbers => numbers[^1] >= first));
        while (!isReceived.IsCompleted)
            await CountAsync(numbered++);
        await isReceived;

        // The losses of a new connection are counted when the role of its backend is known.
        await UntilAllAreCountedAsync();
        await here.UntilCountAsync(numbered);

        var received = there.Numbers;
        var lost = receiver.Statistics.Lost;
        TestContext.Current.SendDiagnosticMessage(
            $"{numbered} numbered = {received.Length} received + {lost} lost; {sent} sent, {notSent} not sent, {unknown} unknown");
        Assert.Equal(numbered, received.Length + lost);
        Assert.Equal(received.Length, received.Distinct().Count());
        Assert.Equal(numbered, here.Numbers.Length);
        Assert.InRange(received.Length, 1, sent + unknown); // An event that was not sent never arrives.

        // Received events may have waited in the node since before the restart.
        async Task ListenAgainAsync(int times)
        {
            while (receiver.Statistics.Reconnects < times)
                await InTimeAsync(states.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        }

        Task ReceiveMoreAsync() => InTimeAsync(there.UntilCountAsync(there.Numbers.Length + 200));

        async Task InTimeAsync(Task task)
        {
            try
            {
                await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException(Describe(), exception);
            }
        }

        string Describe() =>
            $"{there.Numbers.Length} received of {numbered}, {sent} sent, {notSent} not sent, {unknown} unknown.\n"
            + $"Sender: {DescribeNode(sender, logOfSender)}\nReceiver: {DescribeNode(receiver, logOfReceiver)}";

        async Task UntilAllAreCountedAsync()
        {
            var began = Stopwatch.GetTimestamp();
            while (there.Numbers.Length + receiver.Statistics.Lost != numbered)
            {
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    Assert.Fail(Describe());
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        async Task EmitAsync()
        {
            while (!stop.IsCancellationRequested)
                await CountAsync(Interlocked.Increment(ref numbered) - 1);
        }

        async Task CountAsync(int number)
        {
            try
            {
                if (number % 10 == 3)
                    await emitter.Chart(number, new byte[2000]);
                else
                    await emitter.Price(number, "ticks");
                Interlocked.Increment(ref sent);
            }
            catch (EventNotSentException)
            {
                Interlocked.Increment(ref notSent);
            }
            catch (EventOutcomeUnknownException)
            {
                Interlocked.Increment(ref unknown);
            }
        }
    }

    private static string DescribeNode(IEventBus bus, RecordingLogger log)
    {
        var entries = log.Entries.TakeLast(40).Select(static entry => $"{entry.Id}: {entry.Message}");
        return $"{bus.State}, {bus.Statistics}\n{string.Join('\n', entries)}";
    }
}
