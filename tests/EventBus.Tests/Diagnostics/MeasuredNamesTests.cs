using EventBus.Diagnostics;

namespace EventBus.Tests.Diagnostics;

public sealed class MeasuredNamesTests
{
    [Fact]
    public void Admits_the_first_names_only()
    {
        var names = new MeasuredNames(capacity: 2);
        Assert.Equal([true, true, true, false, true], new[] { "a", "a", "b", "c", "b" }.Select(names.Admits));
    }

    [Fact]
    public void Admits_no_more_names_if_many_threads_add_them()
    {
        var names = new MeasuredNames(capacity: 10);
        Parallel.For(0, 1000, number => names.Admits($"{number % 100}"));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(number => names.Admits($"{number}")));
    }

    [Fact]
    public void Packet_of_an_event_by_name_beyond_them_has_no_name_among_its_tags()
    {
        var unique = Guid.NewGuid().ToString("N");
        Assert.Contains(
            Enumerable.Range(0, 300).Select(number => UntypedPacket.ForSockets($"{unique}-{number}", default).Labels),
            static labels => labels.Tags.IsEmpty);
    }
}
