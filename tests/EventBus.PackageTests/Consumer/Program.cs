using EventBus;
using EventBus.Hosting;
using Shop;

var cluster = new InMemoryCluster();
await using var bus = await EventBusNode.StartAsync(cluster);
await using var publisher = EventBusPublisher.Create(cluster);
var handler = new OrderHandler();
await bus.AddHandlerAsync<IOrderEvents>(handler, ["orders"]);

await publisher.Emitter<IOrderEvents>().To("orders").Placed(new Order(Guid.Empty, ["tea", "milk"], 3.50m));
var order = await handler.NextAsync();
Console.WriteLine(FormattableString.Invariant($"{string.Join(" and ", order.Articles)}: {order.Total}"));
