using System.IO.Pipelines;
using EventBus.ConformanceNode.Arguments;
using EventBus.ConformanceNode.Commands;
using EventBus.ConformanceNode.Lines;
using EventBus.Hosting;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Members;

/// <summary>
/// The conformance node within this process, over the in-memory transport, with pipes instead of standard input and output.
/// </summary>
internal sealed class InMemorySession : ILineDriven
{
    // A scenario waits for it, so it is as short as a loaded machine allows.
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(3);

    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly StoppableClock _clock = new();
    private readonly InMemoryCluster _cluster;
    private readonly Task _running;

    private InMemorySession(InMemoryCluster cluster, NodeArguments arguments)
    {
        _cluster = cluster;
        Lines = new LineConnection(
            new StreamWriter(_input.Writer.AsStream()),
            new StreamReader(_output.Reader.AsStream()),
            reports: null,
            static () => "The member in memory has ended.");
        _running = RunAsync(arguments);
    }

    public LineConnection Lines { get; }

    /// <summary>Starts a member with the options of the conformance node.</summary>
    public static InMemorySession Start(InMemoryCluster cluster, IEnumerable<string> options) =>
        new(cluster, NodeArguments.Parse(["--connection", "Host=none", .. options]));

    public Task WaitForEndAsync(CancellationToken cancellationToken) => _running.WaitAsync(cancellationToken);

    /// <summary>Cuts it off: it receives nothing, and sends nothing of its own accord.</summary>
    public async ValueTask CrashAsync()
    {
        var ready = await Lines.Reports.WaitForAsync("ready");
        _cluster.Disconnect(ready.GetProperty("uid").GetString()!);
        _clock.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
            Lines.CloseInput();
        await _running;
        Lines.Dispose();
    }

    private async Task RunAsync(NodeArguments arguments)
    {
        try
        {
            await using var lines = new LineWriter(_output.Writer.AsStream());
            var reports = new Reports(lines);
            arguments.Options.PublishTimeout = PublishTimeout;
            arguments.Options.ErrorHandler = exception => reports.Error(exception.Message);
            using var input = new StreamReader(_input.Reader.AsStream());
            IMember member = arguments.IsEmitter
                ? EmitterMember.Start(_cluster, arguments.Options, reports)
                : await NodeMember.StartAsync(_cluster, arguments.Options, reports, _clock);
            await Session.RunAsync(input, lines, reports, member);
        }
        finally
        {
            await _output.Writer.CompleteAsync();
        }
    }
}
