namespace EventBus.PackageTests;

/// <summary>Value objects of Vogen: the source generator of EventBus does not see the members that Vogen's writes.</summary>
public sealed class ValueObjectTests(PackedFixture packed)
{
    private const string Contract = """
        using EventBus;
        using Vogen;

        [assembly: VogenDefaults(underlyingType: typeof(long))]

        namespace Shop;

        [BroadcastEvent]
        public interface IOrderEvents
        {
            ValueTask Placed(Order order, OrderId? parent, Dictionary<Article, Count> counts);
            ValueTask Numbered(OrderId id);
        }

        public sealed record Order(OrderId Id, Article? Article, Count Count)
        {
            public Count Left { get; init; } = Count.From(3);
        }

        [ValueObject<Guid>]
        public readonly partial struct OrderId
        {
            private static Validation Validate(Guid value) => value == Guid.Empty ? Validation.Invalid("It is empty.") : Validation.Ok;
        }

        [ValueObject(typeof(string))]
        public partial class Article;

        [ValueObject]
        public readonly partial record struct Count;
        """;

    private const string Program = """
        using EventBus;
        using EventBus.Hosting;
        using Shop;

        var cluster = new InMemoryCluster();
        await using var bus = await EventBusNode.StartAsync(cluster);
        await using var publisher = EventBusPublisher.Create(cluster);
        var handler = new OrderHandler();
        await bus.AddHandlerAsync<IOrderEvents>(handler);
        var id = OrderId.From(Guid.Parse("7c9e6679-7425-40de-944b-e07fc1f90ae7"));

        // An invalid value is rejected, and the events behind it follow.
        await publisher.Of().EmitAsync("numbered", new EventValue[] { Guid.Empty.ToString() });
        await publisher.Emitter<IOrderEvents>().Numbered(id);
        var order = new Order(id, Article.From("tea"), Count.From(2)) { Left = Count.From(4) };
        await publisher.Emitter<IOrderEvents>().Placed(order, null, new() { [Article.From("milk")] = Count.From(5) });
        var json = "[{\"id\":\"7c9e6679-7425-40de-944b-e07fc1f90ae7\",\"count\":1},\"7c9e6679-7425-40de-944b-e07fc1f90ae7\",{\"milk\":6}]";
        await publisher.Of().EmitAsync("placed", EventValue.FromJson(System.Text.Json.JsonElement.Parse(json)).Items.ToArray());
        Console.WriteLine(await handler.NextAsync());
        Console.WriteLine(await handler.NextAsync());
        Console.WriteLine(await handler.NextAsync());

        try
        {
            await publisher.Emitter<IOrderEvents>().Numbered((new OrderId[1])[0]);
        }
        catch (EventSerializationException exception)
        {
            Console.WriteLine(exception.Message.Split(". ")[0]);
        }
        """;

    private const string Handler = """
        using System.Threading.Channels;

        namespace Shop;

        internal sealed class OrderHandler : IOrderEvents
        {
            private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

            public ValueTask<string> NextAsync() => _events.Reader.ReadAsync();

            public ValueTask Numbered(OrderId id) => _events.Writer.WriteAsync($"numbered {id}");

            public ValueTask Placed(Order order, OrderId? parent, Dictionary<Article, Count> counts) => _events.Writer.WriteAsync(
                $"{order.Id} {order.Article?.Value} {order.Count} {order.Left} {parent} {string.Join(",", counts)}");
        }
        """;

    // The lines are those of the values themselves.
    private const string Lock = """
        / numbered(id: guid)
        / placed(order: {article?: string?, count: int64, id: guid, left?: int64}, parent: guid?, counts: map(string, int64))

        """;

    [Fact]
    public async Task Value_objects_are_sent_as_their_values()
    {
        using var project = ConsumerProject.Create(packed);
        project.AddPackage("Vogen", "8.0.7");
        project.Write("IOrderEvents.cs", Contract);
        project.Write("OrderHandler.cs", Handler);
        project.Write("Program.cs", Program);
        project.Write("Events.Shipped.txt", Lock);
        project.Write("Events.Unshipped.txt", "");

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        Assert.Equal(
            """
            numbered 7c9e6679-7425-40de-944b-e07fc1f90ae7
            7c9e6679-7425-40de-944b-e07fc1f90ae7 tea 2 4  [milk, 5]
            7c9e6679-7425-40de-944b-e07fc1f90ae7  1 3 7c9e6679-7425-40de-944b-e07fc1f90ae7 [milk, 6]
            The event 'numbered' cannot be written at 'id': An object of type 'Shop.OrderId' does not give its value
            """,
            (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim(),
            ignoreLineEndingDifferences: true);
    }
}
