using Chat;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

// A node in a host. Start it twice with the same database: each logs the pings of both.
if (args is not [var connectionString])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.Host \"<Npgsql connection string>\"");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);

var builder = Host.CreateApplicationBuilder();
builder.Services.AddEventBus(dataSource).AddHandler<IChatEvents, ChatHandler>("r1");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHostedService<Clock>();
await builder.Build().RunAsync();

return 0;
