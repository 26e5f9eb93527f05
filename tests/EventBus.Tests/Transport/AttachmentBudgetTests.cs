using EventBus.Tests.Testing;
using EventBus.Transport.Postgres;

namespace EventBus.Tests.Transport;

public sealed class AttachmentBudgetTests
{
    private readonly TestTime _time = new();
    private readonly AttachmentBudget _budget;
    private readonly AttachmentFetch _first = new(1);
    private readonly AttachmentFetch _second = new(2);
    private readonly AttachmentFetch _third = new(3);

    public AttachmentBudgetTests() => _budget = new AttachmentBudget(100, _time);

    [Fact]
    public async Task ReserveAsync_over_the_limit_waits_for_Release()
    {
        await _budget.ReserveAsync(_first, 60);
        var second = _budget.ReserveAsync(_second, 60);
        Assert.False(second.IsCompleted);
        await _budget.ReserveAsync(_third, 40);

        _budget.Release(_third);
        Assert.False(second.IsCompleted);
        _budget.Release(_first);
        await second;
        Assert.Equal(60, _second.Reserved);
    }

    [Fact]
    public async Task SetNext_grants_any_size()
    {
        await _budget.ReserveAsync(_second, 100);
        var first = _budget.ReserveAsync(_first, 1000);
        Assert.False(first.IsCompleted);
        _budget.SetNext(_first);
        await first;
        Assert.False(_budget.ReserveAsync(_third, 1).IsCompleted);
    }

    [Fact]
    public async Task ReserveAsync_drops_the_longest_kept_first()
    {
        await ReadAsync(_first, 40);
        await ReadAsync(_second, 40);
        _budget.Keep(_first);
        _budget.Keep(_second);

        await _budget.ReserveAsync(_third, 60);
        Assert.Null(_budget.TakeBack(1));
        Assert.Same(_second, _budget.TakeBack(2));
        Assert.Equal((0, 40), (_first.Reserved, _second.Reserved));
        Assert.False(_budget.ReserveAsync(new AttachmentFetch(4), 1).IsCompleted);
    }

    [Fact]
    public async Task DropOld_drops_after_the_time_since_the_last_use()
    {
        await ReadAsync(_first, 40);
        _budget.Keep(_first);
        _time.Advance(AttachmentBudget.KeepTime / 2);
        Assert.Same(_first, _budget.TakeBack(1));
        _budget.Keep(_first);
        _time.Advance(AttachmentBudget.KeepTime / 2);
        _budget.DropOld();
        Assert.Same(_first, _budget.TakeBack(1));

        _budget.Keep(_first);
        _time.Advance(AttachmentBudget.KeepTime);
        _budget.DropOld();
        Assert.Null(_budget.TakeBack(1));
        await _budget.ReserveAsync(_second, 100);
    }

    private async Task ReadAsync(AttachmentFetch fetch, int length)
    {
        await _budget.ReserveAsync(fetch, length);
        await fetch.ReadAsync(new MemoryStream(new byte[length]), length, TestContext.Current.CancellationToken);
        fetch.Succeed();
    }
}
