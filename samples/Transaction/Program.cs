using Chat;
using EventBus.Hosting;
using Npgsql;

// An order is paid, and an event announces it. Both commit together, or neither does.
if (args is not [var connectionString, var order])
{
    Console.Error.WriteLine("Usage: EventBus.Samples.Transaction \"<Npgsql connection string>\" <order>");
    return 2;
}

await using var dataSource = NpgsqlDataSource.Create(connectionString);
await using (var setup = dataSource.CreateCommand("CREATE TABLE IF NOT EXISTS paid_orders (id text PRIMARY KEY)"))
    await setup.ExecuteNonQueryAsync();

await using var publisher = EventBusPublisher.Create(dataSource);
var emitter = publisher.Emitter<IChatEvents>();

await using var connection = await dataSource.OpenConnectionAsync();
await using var transaction = await connection.BeginTransactionAsync();

await using var pay = new NpgsqlCommand("INSERT INTO paid_orders VALUES ($1)", connection, transaction);
pay.Parameters.Add(new() { Value = order });
await pay.ExecuteNonQueryAsync();
await emitter.Within(transaction).To($"order-{order}").Message("shop", "paid");

await transaction.CommitAsync();

return 0;
