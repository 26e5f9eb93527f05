using System.Text;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class UnknownNamesTests
{
    private readonly TestTime _time = new();
    private readonly UnknownNames _names = new();

    [Fact]
    public void IsNew_is_true_once_for_each_name_and_namespace()
    {
        var lines = Lines(10);
        Assert.True(_names.IsNew("e"u8, "/", lines));
        Assert.False(_names.IsNew("e"u8, "/", lines));
        Assert.True(_names.IsNew("e"u8, "/game", lines));
        Assert.True(_names.IsNew("f"u8, "/", lines));
    }

    [Fact]
    public void IsNew_is_false_for_further_names_above_the_limit()
    {
        var lines = Lines(10 * UnknownNames.Capacity);
        var isNew = Enumerable.Range(0, UnknownNames.Capacity * 2)
            .Count(i => _names.IsNew(Encoding.UTF8.GetBytes($"e{i}"), "/", lines));
        Assert.Equal(UnknownNames.Capacity, isNew);
    }

    [Fact]
    public void IsNew_is_true_later_if_there_was_no_line_left()
    {
        var lines = Lines(1);
        Assert.True(_names.IsNew("e"u8, "/", lines));
        Assert.False(_names.IsNew("f"u8, "/", lines));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_names.IsNew("f"u8, "/", lines));
    }

    private TokenBucket Lines(int count) => new(count, perSecond: 1, _time);
}
