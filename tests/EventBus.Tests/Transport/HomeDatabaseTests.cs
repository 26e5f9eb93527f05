using System.Net;
using System.Net.Sockets;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Tests.Transport;

/// <summary>Reading the database of the address.</summary>
public sealed class HomeDatabaseTests
{
    private const int Callers = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Synchronous_callers_that_wait_for_a_failing_connection_open_none_of_their_own()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)server.LocalEndpoint).Port,
            Username = "nobody",
            Database = "none",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = 30,
        });
        await using var opener = new ConnectionOpener(
            dataSource, new EventBusOptions(), TimeProvider.System, new BusDiagnostics(new RecordingLogger(), errorHandler: null));
        var home = new HomeDatabase(opener, new DatabaseAddress(dataSource), TimeSpan.FromSeconds(30), TimeProvider.System);

        var failures = new Exception?[Callers];
        Thread[] calls =
        [
            .. Enumerable.Range(0, Callers).Select(i => new Thread(() =>
                failures[i] = home.ReadAsync(isSynchronous: true, Cancellation).AsTask().Exception?.InnerException)),
        ];
        Array.ForEach(calls, static call => call.Start());

        // The connection fails only when all other callers wait for it.
        var first = await server.AcceptTcpClientAsync(Cancellation);
        while (calls.Count(static call => (call.ThreadState & ThreadState.WaitSleepJoin) != 0) < Callers - 1)
            await Task.Yield();
        first.Dispose();

        var connections = 1;
        while (calls.Any(static call => call.IsAlive))
        {
            if (!server.Pending())
            {
                await Task.Yield();
                continue;
            }

            (await server.AcceptTcpClientAsync(Cancellation)).Dispose();
            connections++;
        }

        Assert.Equal(1, connections);
        Assert.All(failures, static failure => Assert.IsType<EventNotSentException>(failure));
    }
}
