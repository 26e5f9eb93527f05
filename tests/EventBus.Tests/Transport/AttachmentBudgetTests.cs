using EventBus.Transport.Postgres;

namespace EventBus.Tests.Transport;

public sealed class AttachmentBudgetTests
{
    private readonly AttachmentBudget _budget = new(100);
    private readonly AttachmentFetch _first = new(1);
    private readonly AttachmentFetch _second = new(2);
    private readonly AttachmentFetch _third = new(3);

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
}
