using Chat;
using EventBus;
using EventBus.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A cluster without a database, as a test uses it. The test causes failures.
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

bus.GapDetected += gap => Console.WriteLine($"{gap.Lost} event is missing");
bus.AttachmentLost += attachment => Console.WriteLine($"attachment {attachment.Id} is lost");

cluster.Disconnect(bus.Uid);
await publisher.Emitter<IChatEvents>().To("r1").Message("ann", "nobody hears this");
cluster.Reconnect(bus.Uid);
cluster.LoseNextAttachment();
await publisher.Emitter<IChatEvents>().To("r1").Photo("ann", new byte[] { 1 });
await publisher.Emitter<IChatEvents>().To("r1").Message("ann", "are you there?");
Console.WriteLine(await handler.NextAsync());

// A host joins the same cluster.
var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Services.AddEventBus().UseInMemory(cluster);
using var host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<Emitter<IChatEvents>>().To("r1").Message("host", "hello");
Console.WriteLine(await handler.NextAsync());
await host.StopAsync();
