using EventBus.Hosting;
using Npgsql;
using Orders;

// A node that prints the orders that anybody inserts, with psql or in any language, until you press Enter. A trigger emits the events.
if (args is not [var connectionString])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.SqlTrigger \"<Npgsql connection string>\"");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);

// The bus creates the attachment table, which the function needs.
await using var bus = await EventBusNode.StartAsync(dataSource);
await bus.AddHandlerAsync<IOrderEvents>(new OrderHandler(), ["orders"]);

await using (var function = dataSource.CreateCommand(EmitFunction.CreateSql()))
    await function.ExecuteNonQueryAsync();
await using (var trigger = dataSource.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "trigger.sql"))))
    await trigger.ExecuteNonQueryAsync();

await using (var order = dataSource.CreateCommand("INSERT INTO orders (total) VALUES (12.50), (99.90)"))
    await order.ExecuteNonQueryAsync();

await Console.In.ReadLineAsync();
return 0;
