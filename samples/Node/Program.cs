using Chat;
using EventBus.Hosting;
using Npgsql;

// A node without a host. It prints the events that it receives, and reports those that it missed, until you press Enter.
if (args is not [var connectionString])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.Node \"<Npgsql connection string>\"");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);

await using var bus = await EventBusNode.StartAsync(dataSource);
await bus.AddHandlerAsync<IChatEvents>(new ConsoleHandler(), ["r1"]);

bus.GapDetected += gap => Console.Error.WriteLine($"{gap.Lost} events of {gap.Source} in {gap.Namespace} are lost.");
bus.AttachmentLost += attachment => Console.Error.WriteLine($"The attachment {attachment.Id} was gone.");
bus.StateChanged += state => Console.Error.WriteLine($"The bus is {state}.");

if (!bus.Emitter<IChatEvents>().To("r1").Post.Ping(TimeProvider.System.GetUtcNow()))
    Console.Error.WriteLine("The publish queue is full: the others do not get this ping.");

await Console.In.ReadLineAsync();
return 0;
