using EventBus;
using EventBus.Hosting;
using Npgsql;

// Events by name, without a contract: for events that JavaScript sends, or that you do not know at compile time.
if (args is not [var connectionString])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.ByName \"<Npgsql connection string>\"");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);

await using var bus = await EventBusNode.StartAsync(dataSource);
var news = bus.Of("/news");
await using var socket = await news.ConnectAsync(new SocketOptions { Rooms = ["sports"] }, socket =>
    socket.On("score", arguments =>
    {
        Console.WriteLine($"{arguments[0].GetString()}: {arguments[1].GetInt64()} : {arguments[2].GetInt64()}");
        return ValueTask.CompletedTask;
    }));

await news.To("sports").EmitAsync("score", new EventValue[] { "Brno – Praha", 3, 2 });

return 0;
