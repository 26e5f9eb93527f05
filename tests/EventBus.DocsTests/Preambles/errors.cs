// Continues the contract of docs/guides/contracts.md.
using System.Text.Json;
using System.Threading.Channels;
using EventBus;
using EventBus.Hosting;

/// <summary>Causes an event that cannot be read, and one that cannot be written.</summary>
public static class Errors
{
    private const string Tea = """{ "article": "tea", "price": "1", "note": "" }""";
    private const string WithoutPrice = """{ "article": "tea", "note": "" }""";
    private const string Lines = $"[{Tea}, {Tea}, {WithoutPrice}]";
    private const string Unreadable = $$"""{ "id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "lines": {{Lines}} }""";

    public static async Task<string[]> CauseAsync()
    {
        var errors = Channel.CreateUnbounded<Exception>();
        var options = new EventBusOptions { ErrorHandler = exception => errors.Writer.TryWrite(exception) };
        await using var bus = await EventBusNode.StartAsync(new InMemoryCluster(), options);
        await bus.AddHandlerAsync<IShopEvents>(new Shop());
        await bus.Of("/shop").All.EmitAsync("placed", new[] { EventValue.FromJson(JsonElement.Parse(Unreadable)) });
        var read = await errors.Reader.ReadAsync();

        var line = new Line("tea", 1, "");
        var order = new Order(Guid.Empty, [line, line, line with { Note = null! }]);
        try
        {
            await bus.Emitter<IShopEvents>().All.Placed(order);
        }
        catch (EventSerializationException written)
        {
            return [read.Message, written.Message];
        }

        return [];
    }

    private sealed class Shop : IShopEvents
    {
        public ValueTask Placed(Order order, string? note) => default;
    }
}
