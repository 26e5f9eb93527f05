using EventBus.Tests.Wire;
using EventBus.Transport;
using EventBus.Transport.InMemory;
using EventBus.Wire;

namespace EventBus.Tests.Transport.InMemory;

/// <summary>A cluster in memory keeps journaled events as long as the process runs.</summary>
public sealed class InMemoryJournalTests : IDisposable
{
    private static readonly byte[] Placed = "placed"u8.ToArray();
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryDatabase _database = new();
    private readonly MessageEncoder _encoder = Message.Encoder();
    private readonly MessageNumbers _numbers = new();
    private readonly List<PendingMessage> _batch = [];

    public void Dispose() => _batch.ForEach(static message => message.End());

    [Fact]
    public void Commit_keeps_the_journaled_events_in_their_order()
    {
        Add(isJournaled: true, key: 7);
        Add(isJournaled: false);
        Add(isJournaled: true, length: 9000);
        Assert.Equal(CommitOutcome.Committed, _database.Commit(_batch, pid: 1, "0011", Now));

        var events = _database.ReadJournal(0);
        Assert.Equal(
            [(1L, 1L, 7, false), (2L, 3L, 0, true)], events.Select(static item => (item.Id, item.Number, item.Key, item.IsAttached)));
        Assert.All(events, static item => Assert.Equal(("0011", "placed", Now), (item.Source, item.Event, item.At)));
        Assert.Equal(_batch[0].Channel, events[0].Channel);
        Assert.Equal(_batch[0].Payload.ToArray(), events[0].Body);
        Assert.Equal(_batch[2].Attachment.ToArray(), events[1].Body);
        Assert.Equal([2L], _database.ReadJournal(1).Select(static item => item.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Commit_that_is_cut_keeps_the_events_if_it_is_committed(bool isCommitted)
    {
        Add(isJournaled: true);
        _database.CutNextCommit(isCommitted);
        Assert.Equal(CommitOutcome.Unknown, _database.Commit(_batch, pid: 1, "0011", Now));
        Assert.Equal(isCommitted ? 1 : 0, _database.ReadJournal(0).Count);
    }

    [Fact]
    public void Journal_is_bounded_in_bytes()
    {
        const int Length = 20_000_000;
        for (var i = 0; i < 5; i++)
        {
            Add(isJournaled: true, length: Length);
            _database.Commit(_batch, pid: 1, "0011", Now);
            Dispose();
            _batch.Clear();
        }

        var events = _database.ReadJournal(0);
        Assert.Equal([3L, 4L, 5L], events.Select(static item => item.Id));
        Assert.True(events.Sum(static item => item.Body.Length) <= InMemoryJournal.MaxBytes);
    }

    private void Add(bool isJournaled, int key = 0, int length = 1)
    {
        var message = _encoder.Broadcast(Message.Event(new string('x', length)), default);
        message.Journal = isJournaled ? new JournalMark(Placed, key) : default;
        var pending = new PendingMessage();
        pending.Begin(message, since: 0, completion: null, joinsPrevious: false);
        pending.Enter(_numbers);
        _batch.Add(pending);
    }
}
