using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EventBus.ConformanceNode.Lines;

namespace EventBus.InteropTests.Conformance;

/// <summary>The start, the rejections and the end of the conformance node.</summary>
public sealed class ProcessTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Stop_exits_with_0()
    {
        await using var node = await ConformanceProcess.StartAsync(
            postgres, PostgresFixture.NewPrefix(), Cancellation, "--uid", "00ff00ff00ff00ff");

        Assert.Equal("""{"event":"ready","uid":"00ff00ff00ff00ff"}""", node.Lines.Reports.All[0].GetRawText());
        Assert.Equal(0, await node.StopAsync());
        Assert.Equal("", node.Process.Errors);
    }

    [Theory(Timeout = 120_000)]
    [InlineData()]
    [InlineData("--emitter")]
    public async Task End_of_input_stops_the_process(params string[] arguments)
    {
        var prefix = PostgresFixture.NewPrefix();
        await using var receiver = await ConformanceProcess.StartAsync(postgres, prefix, Cancellation);
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");
        await using var node = await ConformanceProcess.StartAsync(postgres, prefix, Cancellation, arguments);

        await node.Lines.WriteLineAsync("""{"id":"x","op":"emit","event":"last"}""", Cancellation);
        node.Lines.CloseInput();

        Assert.Equal(0, await node.Process.WaitForExitAsync(Cancellation));
        var result = Assert.Single(node.Lines.Reports.Results);
        Assert.Equal("""{"id":"x","ok":true,"result":null}""", result.GetRawText());
        await receiver.WaitForAsync("a", "last");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("--connection is missing")]
    [InlineData("no option '--nodes'", "--connection", "Host=127.0.0.1", "--nodes", "3")]
    [InlineData("it must be a non-negative integer", "--connection", "Host=127.0.0.1", "--payload-threshold", "big")]
    [InlineData("PayloadThreshold", "--connection", "Host=127.0.0.1", "--payload-threshold", "8001")]
    [InlineData("HeartbeatTimeout", "--connection", "Host=127.0.0.1", "--heartbeat-interval", "20", "--heartbeat-timeout", "10")]
    [InlineData("connection", "--connection", "this is none")]
    [InlineData("PayloadThreshold", "--connection", "Host=127.0.0.1;Port=1;Timeout=1", "--payload-threshold", "8001", "--emitter")]
    public async Task Bad_arguments_exit_with_2(string reason, params string[] arguments)
    {
        await using var node = ConformanceProcess.Run(arguments);

        Assert.Equal(2, await node.Process.WaitForExitAsync(Cancellation));
        var line = Assert.Single(node.Process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Empty(node.Lines.Reports.All);
    }

    [Fact(Timeout = 120_000)]
    public async Task Output_begins_with_ready_and_earlier_reports_follow()
    {
        await using var output = new MemoryStream();
        await using (var lines = new LineWriter(output))
        {
            var reports = new Reports(lines);
            reports.Error("early");
            reports.Ready("uid");
            reports.Error("late");
        }

        Assert.Equal(
            """
            {"event":"ready","uid":"uid"}
            {"event":"error","message":"early"}
            {"event":"error","message":"late"}

            """,
            Encoding.UTF8.GetString(output.ToArray()),
            ignoreLineEndingDifferences: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_works_although_the_driver_reads_no_more()
    {
        await using var output = new AnonymousPipeServerStream(PipeDirection.Out);
        await using (new AnonymousPipeClientStream(PipeDirection.In, output.ClientSafePipeHandle))
        {
            // The file is opened and closed again.
        }

        await using var lines = new LineWriter(output);
        var reports = new Reports(lines);
        reports.Ready("uid");
        reports.Error("to nobody");
    }

    [Theory(Timeout = 120_000)]
    [InlineData()]
    [InlineData("--emitter")]
    public async Task Missing_database_exits_with_1(params string[] arguments)
    {
        // A port that is in use but never accepts a connection.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)nobody.LocalEndPoint!).Port;
        await using var node = ConformanceProcess.Run(["--connection", $"Host=127.0.0.1;Port={port};Username=u;Timeout=5", .. arguments]);

        Assert.Equal(1, await node.Process.WaitForExitAsync(Cancellation));
        Assert.Single(node.Process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(node.Lines.Reports.All);
    }
}
