using EventBus.Diagnostics;
using EventBus.Hosting;
using EventBus.Tests.Testing;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Tests.Hosting;

public sealed class StartFailuresTests
{
    private const int BusNotStarted = 2;
    private const int PublisherNotStarted = 400;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, BusNotStarted)]
    [InlineData(true, PublisherNotStarted)]
    public async Task A_degraded_start_logs_its_cause_again_while_it_lasts(bool isPublisher, int eventId)
    {
        var (time, logger) = (new TestTime(), new RecordingLogger());
        var cluster = new InMemoryCluster { IsDown = true };
        using var host = HostedBus.Build(
            services =>
            {
                services.AddSingleton<TimeProvider>(time);
                if (isPublisher)
                    services.AddEventBusPublisher(static options => options.AllowDegradedStart = true).UseInMemory(cluster);
                else
                    services.AddEventBus(static options => options.AllowDegradedStart = true).UseInMemory(cluster);
            },
            logger);
        await host.StartAsync(Cancellation);

        // The delays between the attempts are shorter than a second. An advance may be too early for a timer, so there are more of them.
        for (var seconds = 0; seconds < 600 && logger.Count(eventId) < 3; seconds++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancellation);
        }

        var entries = logger.Entries.Where(entry => entry.Id.Id == eventId).ToArray();
        Assert.Equal(3, entries.Length);
        Assert.All(entries, static entry => Assert.Equal(LogLevel.Warning, entry.Level));
        Assert.All(entries, static entry => Assert.Contains("The in-memory cluster is down.", entry.Text, StringComparison.Ordinal));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public void A_cause_that_does_not_pass_by_itself_is_logged_at_once_as_an_error()
    {
        var (time, logger, reported) = (new TestTime(), new RecordingLogger(), new List<Exception>());
        var failures = new StartFailures(new BusDiagnostics(logger, reported.Add), time, BusLog.StartsDegraded);
        var unreachable = new EventBusStartException("unreachable", isTransient: true);
        var password = new EventBusStartException(
            "wrong password", new PostgresException("wrong password", "FATAL", "FATAL", "28P01"), isTransient: true);
        failures.Add(unreachable);
        failures.Add(unreachable);
        failures.Add(password);
        failures.Add(password);
        time.Advance(TimeSpan.FromSeconds(10));
        failures.Add(password);
        time.Advance(TimeSpan.FromSeconds(10));
        failures.Add(password); // The second pause is twice as long.
        time.Advance(TimeSpan.FromSeconds(10));
        failures.Add(password);

        string[] expected = ["Warning 1: unreachable", "Error 3: wrong password", "Error 5: wrong password", "Error 7: wrong password"];
        Assert.Equal(expected, logger.Entries.Select(static entry => $"{entry.Level} {entry.Text.Split("Attempt ")[1]}"));
        Assert.Equal([unreachable], reported);
    }
}
