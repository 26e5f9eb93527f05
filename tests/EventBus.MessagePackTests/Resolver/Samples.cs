using EventBus.MessagePack;
using MessagePack;
using MessagePack.Resolvers;

namespace EventBus.MessagePackTests.Resolver;

/// <summary>Values of all payload types, and the options that a user writes.</summary>
internal static class Samples
{
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard.WithResolver(
        CompositeResolver.Create(EventBusResolver.Instance, StandardResolver.Instance));

    public static Order Order { get; } = new(
        new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        [new Line("tea", 2, 3.50m), new Line("milk \U0001F95B", 1, 0.99m)],
        new DateTimeOffset(2026, 11, 29, 12, 0, 0, 250, TimeSpan.FromHours(1)),
        new byte[] { 0xff, 0xd8, 0x00 },
        new Customer { Name = "Ann", Points = { ["tea"] = 7 } });

    /// <summary>Compares by the parts, because a record compares lists and memory by reference.</summary>
    public static void AssertEqual(Order expected, Order actual)
    {
        Assert.Equal((expected.Id, expected.At), (actual.Id, actual.At));
        Assert.Equal(expected.Lines, actual.Lines);
        Assert.Equal(expected.Picture.ToArray(), actual.Picture.ToArray());
        Assert.Equal(
            (expected.Customer?.Name, expected.Customer?.Note, expected.Customer?.Points["tea"]),
            (actual.Customer?.Name, actual.Customer?.Note, actual.Customer?.Points["tea"]));
    }
}
