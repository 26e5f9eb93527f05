using System.Globalization;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport.Connections;
using EventBus.Transport.Postgres;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Tests.Transport;

/// <summary>Notifications that name one attachment. No attachment can be read, so each read fails.</summary>
public sealed class AttachmentReadAheadTests : IAsyncDisposable
{
    private const int Pid = 1;

    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"); // rejects connections
    private readonly TestTime _time = new();
    private readonly AttachmentBudget _budget;
    private readonly AttachmentReadAhead _attachments;
    private Action _ready = static () => { };

    public AttachmentReadAheadTests()
    {
        _budget = new AttachmentBudget(1_000, _time);
        var diagnostics = new BusDiagnostics(new RecordingLogger(), errorHandler: null, time: _time);
        var workers = new WorkerConnections(new ConnectionOpener(_nowhere, new EventBusOptions(), _time, diagnostics), most: 4);
        var reader = new AttachmentReader(workers, new AttachmentSchema("attachments"), _budget, _time, diagnostics, beforeReady: null);
        _attachments = new AttachmentReadAhead(reader, _budget, maxReads: 1, () => _ready());
    }

    public async ValueTask DisposeAsync()
    {
        await _attachments.DisposeAsync();
        await _nowhere.DisposeAsync();
    }

    [Fact]
    public void Add_one_attachment_many_times_is_one_read()
    {
        var fetch = _attachments.Add(7, Pid, out _);
        for (var i = 0; i < 400; i++)
            Assert.Same(fetch, _attachments.Add(7, Pid, out _));
        Assert.NotSame(fetch, _attachments.Add(8, Pid, out _));
        Assert.Equal(401, fetch.Users);
    }

    [Fact]
    public async Task Add_attachment_that_was_read_before_is_not_read_again()
    {
        var fetch = _attachments.Add(7, Pid, out _);
        await ReadAsync(fetch);
        _attachments.Release(fetch);
        Assert.Same(fetch, _attachments.Add(7, Pid, out _));

        _attachments.Release(fetch);
        _time.Advance(AttachmentBudget.KeepTime);
        _attachments.Start();
        Assert.NotSame(fetch, _attachments.Add(7, Pid, out _));
    }

    [Fact]
    public async Task TryRepeat_attachment_not_found_is_read_once_more_for_all_later_notifications()
    {
        var early = _attachments.Add(7, Pid, out var first);
        _attachments.Start();
        var places = new long[400];
        for (var i = 0; i < places.Length; i++)
            Assert.Same(early, _attachments.Add(7, Pid, out places[i]));
        await UntilReadyAsync(early);

        var fetch = early;
        Assert.False(_attachments.TryRepeat(ref fetch, first, Pid));
        var repeated = new HashSet<AttachmentFetch>();
        foreach (var place in places)
        {
            fetch = early;
            Assert.True(_attachments.TryRepeat(ref fetch, place, Pid));
            repeated.Add(fetch);
        }

        var last = Assert.Single(repeated);
        _attachments.Start();
        await UntilReadyAsync(last);
        foreach (var place in places)
        {
            fetch = last;
            Assert.False(_attachments.TryRepeat(ref fetch, place, Pid), place.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void KeepMissing_attachment_is_not_read_again_for_the_same_backend()
    {
        var fetch = _attachments.Add(7, Pid, out var first);
        var same = fetch;
        _attachments.Add(7, Pid, out var later);
        fetch.LastBefore = first;
        fetch.FailMissing();
        _attachments.KeepMissing(7, Pid);

        Assert.False(_attachments.TryRepeat(ref same, later, Pid));
        Assert.True(_attachments.Add(7, Pid, out _) is { IsReady: true, IsMissing: true });
        Assert.False(_attachments.Add(7, Pid + 1, out var other).IsReady);
        Assert.True(_attachments.TryRepeat(ref same, other, Pid + 1));

        _time.Advance(AttachmentBudget.KeepTime);
        Assert.False(_attachments.Add(7, Pid, out _).IsReady);
    }

    [Fact]
    public void KeepMissing_forgets_the_oldest_of_many()
    {
        const int most = 4_096;
        for (var id = 1; id <= most + 1; id++)
            _attachments.KeepMissing(id, Pid);

        Assert.False(_attachments.Add(1, Pid, out _).IsReady);
        Assert.True(_attachments.Add(2, Pid, out _).IsReady);
        Assert.True(_attachments.Add(most + 1, Pid, out _).IsReady);
    }

    [Fact]
    public async Task StartIfDue_when_a_batch_has_ended_starts_the_next()
    {
        var first = _attachments.Add(7, Pid, out _);
        _attachments.Start();
        var second = _attachments.Add(8, Pid, out _);
        _attachments.StartIfDue();
        Assert.NotNull(first.LastBefore);
        Assert.Null(second.LastBefore);

        // Nothing else wakes the pump, and it is as fast as it can be.
        _ready = _attachments.StartIfDue;
        await UntilReadyAsync(second);
    }

    [Fact]
    public async Task TryRepeat_does_not_wait_for_the_present_batch()
    {
        var fetch = _attachments.Add(7, Pid, out _);
        _attachments.Start();
        _attachments.Add(7, Pid, out var later);
        await UntilReadyAsync(fetch);

        // The attachment is ready before its batch has ended.
        var other = _attachments.Add(8, Pid, out _);
        while (other.LastBefore is null)
        {
            _attachments.Start();
            await Task.Yield();
        }

        Assert.True(_attachments.TryRepeat(ref fetch, later, Pid));
        Assert.Equal((3, 3), (fetch.LastBefore, other.LastBefore));
    }

    private async Task UntilReadyAsync(AttachmentFetch fetch)
    {
        while (!fetch.IsReady)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static async Task ReadAsync(AttachmentFetch fetch)
    {
        await fetch.ReadAsync(new MemoryStream(new byte[10]), 10, TestContext.Current.CancellationToken);
        fetch.Succeed();
    }
}
