// Usage: EventBus.Benchmarks.Start CONNECTION_STRING. A node that ends with its first event. It is a program of its own because the
// packages of the other contenders would make its start longer.
using EventBus.Benchmarks.Start;
using EventBus.Hosting;

await using var bus = await EventBusNode.StartAsync(args[0]);
var handler = new FirstEvent();
await bus.AddHandlerAsync<IStartEvents>(handler, ["room1"]);
await bus.Emitter<IStartEvents>().To("room1").Ping(0, 0);
await handler.Arrived;
Console.WriteLine("""{"event":"first"}""");
