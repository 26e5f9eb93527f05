using System.Reflection;

namespace EventBus.Tests.Architecture;

public sealed class LayersTests
{
    private static readonly Assembly Library = typeof(IEventBus).Assembly;

    private static readonly TypeUses Uses = new(Library.Location);

    // Values and Sending share the namespace that applications type. Every other folder is a namespace.
    private static readonly string[] SharedNamespace = ["Values", "Sending"];

    [Fact]
    public void Folders_are_the_known_layers()
    {
        var layers = Uses.Select(use => Layers.Of(use.From.Folder)).Distinct().ToArray();
        Assert.Contains("Cluster", layers);
        Assert.Contains("Values", layers);
        Assert.All(layers, layer => Assert.True(Layers.IsKnown(layer), layer));
    }

    [Fact]
    public void Layers_use_only_the_layers_below()
    {
        var forbidden = Uses.Where(use => !Layers.Allows(Layers.Of(use.From.Folder), Layers.Of(use.To.Folder)));
        Assert.Equal("", string.Join("\n", forbidden.Select(use => $"{use.From} -> {use.To}").Distinct().Order()));
    }

    [Fact]
    public void Types_are_in_the_namespace_of_their_layer()
    {
        var misplaced = Uses.SelectMany(use => new[] { use.From, use.To })
            .Distinct()
            .Where(type => type.Namespace != NamespaceOf(type.Folder) && !IsRegistration(type));
        Assert.Equal("", string.Join("\n", misplaced.Order(Comparer<TypeName>.Create((x, y) => string.CompareOrdinal($"{x}", $"{y}")))));
    }

    // An application finds the methods that add services without a using directive.
    private static bool IsRegistration(TypeName type) =>
        type is { Folder: "Hosting", Namespace: "Microsoft.Extensions.DependencyInjection" }
        && type.Name.EndsWith("Extensions", StringComparison.Ordinal);

    [Fact]
    public void Values_and_Sending_are_no_namespaces() =>
        Assert.DoesNotContain(Library.GetTypes(), type => type.Namespace is "EventBus.Values" or "EventBus.Sending");

    [Fact]
    public void Uses_in_signatures_and_method_bodies_are_found()
    {
        var uses = Uses.Select(use => $"{use.From.Name} -> {use.To.Name}").ToHashSet();
        Assert.Contains("ClusterNode -> ITransport", uses); // a field
        Assert.Contains("ClusterNode -> MessageEncoderOptions", uses); // only in a body
        Assert.Contains("Bus -> IEventBus", uses); // an interface it implements
    }

    [Fact]
    public void Folders_of_types_without_method_bodies_are_found()
    {
        var folders = Uses.SelectMany(use => new[] { use.From, use.To })
            .DistinctBy(type => type.Name)
            .ToDictionary(type => type.Name, type => type.Folder);
        Assert.Equal("Values", folders["BusState"]);
        Assert.Equal("Sending", folders["IEventBus"]);
        Assert.Equal("Transport/Postgres", folders["PostgresTransport"]);
    }

    [Theory]
    [InlineData("/home/someone/src/EventBus/Values/RoomSet.cs", "Values")]
    [InlineData("/_/src/EventBus/Transport/Postgres/PublishLoop.cs", "Transport/Postgres")]
    [InlineData(@"C:\source\src\EventBus\Cluster\Peers.cs", "Cluster")]
    [InlineData("/_/src/EventBus/obj/Release/net10.0/EventBus.AssemblyInfo.cs", null)]
    [InlineData("Microsoft.Gen.Logging/LoggingGenerator/Logging.g.cs", null)]
    public void FolderOf_reads_paths_of_every_kind(string document, string? folder) =>
        Assert.Equal(folder, SourceFolders.FolderOf(document));

    [Theory]
    [InlineData("Rooms", "Transport", false)]
    [InlineData("Transport", "Rooms", false)]
    [InlineData("Cluster", "Transport/Postgres", false)]
    [InlineData("Values", "Diagnostics", false)]
    [InlineData("Serialization", "Sending", false)]
    [InlineData("Cluster", "Serialization", true)]
    [InlineData("Hosting", "Wire", true)]
    public void Allows_reads_as_documented(string from, string to, bool allowed) => Assert.Equal(allowed, Layers.Allows(from, to));

    private static string NamespaceOf(string folder)
    {
        var layer = Layers.Of(folder);
        return SharedNamespace.Contains(layer) ? "EventBus" : $"EventBus.{layer.Replace('/', '.')}";
    }
}
