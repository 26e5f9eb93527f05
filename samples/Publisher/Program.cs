using Chat;
using EventBus.Hosting;
using Npgsql;

// A process that only publishes. It joins nothing, listens to nothing, and ends.
if (args is not [var connectionString, var user, var text])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.Publisher \"<Npgsql connection string>\" <user> <text>");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);

await using var publisher = EventBusPublisher.Create(dataSource);
var emitter = publisher.Emitter<IChatEvents>();
await emitter.To("r1").Message(user, text);

return 0;
