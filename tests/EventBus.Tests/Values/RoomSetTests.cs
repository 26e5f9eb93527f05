namespace EventBus.Tests.Values;

public sealed class RoomSetTests
{
    private const int Rooms = 100_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, Rooms).Select(static i => $"user-{i}")];

    [Theory]
    [InlineData("one by one")]
    [InlineData("in pairs")]
    [InlineData("at once")]
    public void Add_very_many_rooms_copies_them_a_few_times_only(string way)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var set = AddAll(way);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The names are strings that exist. A copy per room would be 40 GB.
        Assert.InRange(allocated, 0, 100L * 1024 * 1024);
        Assert.Equal(Rooms, set.Count);
        Assert.Equal(Names, set.ToArray());
        Assert.Equal((Names[0], Names[300], Names[^1]), (set[0], set[300], set[Rooms - 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(258)]
    [InlineData(1000)]
    public void Add_ignores_duplicates_and_changes_no_other_set(int rooms)
    {
        var names = Names[..rooms];
        var set = RoomSet.Of(names);
        var grown = names.Aggregate(default(RoomSet), static (set, room) => set.Add(room));
        Assert.Equal(names, grown.ToArray());
        foreach (var start in (RoomSet[])[set, grown])
        {
            var (a, b) = (start.Add("a"), start.Add("b").Add("b", "c", "b"));
            var again = a.Add("b").Add(names).Add("a");
            Assert.Equal(names, start.ToArray());
            Assert.Equal([.. names, "a"], a.ToArray());
            Assert.Equal([.. names, "b", "c"], b.ToArray());
            Assert.Equal([.. names, "a", "b"], again.ToArray());
        }
    }

    [Fact]
    public async Task Add_to_one_set_by_many_threads_gives_each_its_own()
    {
        var shared = Names[..1000].Aggregate(default(RoomSet), static (set, room) => set.Add(room));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var round = 0; round < 20; round++)
            {
                var set = shared;
                string[] own = [.. Enumerable.Range(0, 50).Select(i => $"{thread}-{i}")];
                foreach (var room in own)
                    set = set.Add(room);
                Assert.Equal([.. Names[..1000], .. own], set.ToArray());
            }
        })));
        Assert.Equal(Names[..1000], shared.ToArray());
    }

    private static RoomSet AddAll(string way)
    {
        var set = default(RoomSet);
        if (way == "at once")
            return set.Add(Names);
        for (var i = 0; i < Rooms; i += 2)
            set = way == "in pairs" ? set.Add(Names[i], Names[i + 1]) : set.Add(Names[i]).Add(Names[i + 1]);
        return set;
    }
}
