using System.Net;
using System.Net.Sockets;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Tests.Transport;

/// <summary>How long an attempt to connect may hang, and which of two attempts comes first.</summary>
public sealed class BusyServerTests : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly TestTime _time = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly NpgsqlDataSource _dataSource;
    private readonly ConnectionOpener _opener;

    public BusyServerTests()
    {
        _server.Start();
        _dataSource = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={((IPEndPoint)_server.LocalEndpoint).Port};Username=u;Password=p;SSL Mode=Disable;"
            + "GSS Encryption Mode=Disable");
        var diagnostics = new BusDiagnostics(new RecordingLogger(), errorHandler: null, time: _time);
        _opener = new ConnectionOpener(_dataSource, new EventBusOptions(), _time, diagnostics);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _opener.DisposeAsync();
        await _dataSource.DisposeAsync();
        _server.Stop();
    }

    [Fact]
    public async Task OpenAsync_hanging_server_has_15_s_at_the_start_and_then_1_s()
    {
        Assert.Contains("within 15 s", await HangAsync(), StringComparison.Ordinal);
        Assert.Contains("within 1 s", await HangAsync(), StringComparison.Ordinal);
        Assert.Contains("within 1 s", await HangAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_hanging_server_that_has_just_rejected_an_attempt_has_5_s()
    {
        await RejectAsync();
        Assert.Contains("within 5 s", await HangAsync(), StringComparison.Ordinal);

        await RejectAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("within 1 s", await HangAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(1.0, 2.0)]
    [InlineData(10.0, 5.0)]
    public void LimitAfter_slow_first_connection_raises_it_to_a_bound(double? seconds, double limit) => Assert.Equal(
        TimeSpan.FromSeconds(limit),
        ConnectionAttempts.LimitAfter(seconds is { } usual ? TimeSpan.FromSeconds(usual) : null));

    [Fact]
    public async Task OpenLaterAsync_lets_another_caller_go_first()
    {
        _opener.Postpone();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var later = _opener.OpenLaterAsync(stopping.Token);
        var (first, accepted) = await BeginAsync();

        accepted.Close(0);
        await Assert.ThrowsAsync<NpgsqlException>(() => first.WaitAsync(Longest, Cancellation));

        Assert.False(later.IsCompleted);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => later);
    }

    [Fact(Timeout = 120_000)]
    public async Task OpenAsync_failed_delays_an_attempt_that_waits_for_its_turn()
    {
        var (first, accepted) = await BeginAsync();
        var second = _opener.OpenAsync(Cancellation);
        accepted.Close(0);
        await Assert.ThrowsAsync<NpgsqlException>(() => first);

        Assert.NotEqual(TimeSpan.Zero, _opener.UntilNextAttempt);
        while (!_time.IsDueWithin(TimeSpan.FromMilliseconds(100))) // The second attempt sets its timer in the background.
            await Task.Yield();
        Assert.False(_server.Pending());
        _time.Advance(_opener.UntilNextAttempt);

        (await _server.AcceptSocketAsync(Cancellation)).Close(0);
        await Assert.ThrowsAsync<NpgsqlException>(() => second);
    }

    private async Task RejectAsync()
    {
        var (opening, accepted) = await BeginAsync();
        accepted.Close(0);
        await Assert.ThrowsAsync<NpgsqlException>(() => opening);
    }

    private async Task<string> HangAsync()
    {
        var (opening, accepted) = await BeginAsync();
        using var ofServer = accepted;
        _time.Advance(Longest);
        return (await Assert.ThrowsAsync<TimeoutException>(() => opening)).Message;
    }

    /// <summary>Begins an attempt when the time for it has come.</summary>
    private async Task<(Task<OpenedConnection> Opening, Socket Accepted)> BeginAsync()
    {
        var opening = _opener.OpenAsync(Cancellation);
        _time.Advance(_opener.UntilNextAttempt);
        return (opening, await _server.AcceptSocketAsync(Cancellation));
    }
}
