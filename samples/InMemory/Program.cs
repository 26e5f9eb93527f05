using Chat;
using EventBus;
using EventBus.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// What a test does: a cluster without a database, which it has fail.
var cluster = new InMemoryCluster();
await using var bus = await EventBusNode.StartAsync(cluster);
await using var publisher = EventBusPublisher.Create(cluster);
var handler = new RecordingHandler();
await bus.AddHandlerAsync<IChatEvents>(handler, ["r1"]);

await publisher.Emitter<IChatEvents>().To("r1").Message("ann", "hello");
Console.WriteLine(await handler.NextAsync());

cluster.CutNextPublish(isCommitted: true);
try
{
    await publisher.Emitter<IChatEvents>().To("r1").Message("ann", "did you hear that?");
}
catch (EventOutcomeUnknownException exception)
{
    Console.WriteLine(exception.Message);
}

Console.WriteLine(await handler.NextAsync());

// A whole host joins in.
var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Services.AddEventBus().UseInMemory(cluster);
using var host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<Emitter<IChatEvents>>().To("r1").Message("host", "hello");
Console.WriteLine(await handler.NextAsync());
await host.StopAsync();
