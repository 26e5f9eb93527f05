using Chat;
using EventBus;
using EventBus.Hosting;
using Npgsql;

// Collects acks of the sockets of all nodes, and then of the nodes themselves. Start the samples Node or Host first.
if (args is not [var connectionString])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.Poll \"<Npgsql connection string>\"");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);
await using var bus = await EventBusNode.StartAsync(dataSource);
bus.HandleServerSide<IChatEvents>(new NodeHandler());
var emitter = bus.Emitter<IChatEvents>();

Acks<int> votes = await emitter.To("r1").Except("muted").WithTimeout(TimeSpan.FromSeconds(1)).Vote("tea?");
Console.WriteLine($"{votes.Responses.Sum()} of {votes.Expected} want tea.");

var stream = emitter.To("r1").Stream.Vote("more tea?");
await foreach (var vote in stream)
    Console.WriteLine(vote > 0 ? "yes" : "no");
if (!stream.IsComplete)
    Console.WriteLine($"Some of {stream.Expected} acks are missing, and those of the nodes {string.Join(", ", stream.Missing)}.");

ServerSideAcks<int> nodes = await emitter.ServerSide.Vote("restart now?");
foreach (var (uid, vote) in nodes.Responses)
    Console.WriteLine($"{uid}: {vote}");
Console.WriteLine($"No ack of {string.Join(", ", nodes.Missing)}.");

return 0;
