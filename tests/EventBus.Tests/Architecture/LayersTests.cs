using System.Reflection;

namespace EventBus.Tests.Architecture;

public sealed class LayersTests
{
    private static readonly Assembly Library = typeof(IEventBus).Assembly;

    [Fact]
    public void Every_namespace_of_the_library_is_a_layer()
    {
        var namespaces = new TypeUses(Library.Location).Select(use => use.From.Namespace).Distinct().ToArray();
        Assert.Contains("EventBus.Cluster", namespaces);
        Assert.All(namespaces, name => Assert.True(Layers.IsKnown(name), name));
    }

    [Fact]
    public void No_layer_uses_one_that_it_may_not()
    {
        var forbidden = new TypeUses(Library.Location).Where(use => !Layers.Allows(use.From.Namespace, use.To.Namespace));
        Assert.Equal("", string.Join("\n", forbidden.Select(use => $"{use.From} -> {use.To}").Distinct().Order()));
    }

    [Fact]
    public void Uses_inside_signatures_and_method_bodies_are_seen()
    {
        var uses = new TypeUses(Library.Location).Select(use => $"{use.From.Name} -> {use.To.Name}").ToHashSet();
        Assert.Contains("Broadcaster -> IAdapter", uses); // a field
        Assert.Contains("ClusterNode -> MessageEncoderOptions", uses); // only inside a body
        Assert.Contains("ClusterAdapter -> IAdapter", uses); // an interface it implements
    }

    [Theory]
    [InlineData("EventBus.Rooms", "EventBus.Transport", false)]
    [InlineData("EventBus.Transport", "EventBus.Rooms", false)]
    [InlineData("EventBus.Cluster", "EventBus.Transport.Postgres", false)]
    [InlineData("EventBus", "EventBus.Diagnostics", false)]
    [InlineData("EventBus.Cluster", "EventBus.Serialization", true)]
    [InlineData("EventBus.Hosting", "EventBus.Wire", true)]
    public void The_table_reads_as_documented(string from, string to, bool allowed) => Assert.Equal(allowed, Layers.Allows(from, to));
}
