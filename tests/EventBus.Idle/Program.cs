// Usage: EventBus.Idle [seconds]. Measures the load of 10 idle nodes on a private PostgreSQL, with 1 and with 20 namespaces, and the log
// lines of an application with a single idle node. Each measurement takes 60 seconds, unless another number is given.
using System.Globalization;
using EventBus.Hosting;
using EventBus.Idle;
using EventBus.Testing;
using Npgsql;

const int Nodes = 10;
const string Database = "idle";
var settling = TimeSpan.FromSeconds(75); // After the start a node sweeps twice within two cleanup intervals.
var measured = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60);

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};
await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, interrupt.Token);
await using var observer = server.CreateDataSource();
await using (var create = observer.CreateCommand($"CREATE DATABASE {Database}"))
    await create.ExecuteNonQueryAsync(interrupt.Token);
var connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Database }.ConnectionString;

Console.WriteLine($"{Nodes} idle nodes, per minute, measured over {measured.TotalSeconds:F0} s:");
Console.WriteLine("| namespaces | transactions | of them notifying or writing | WAL bytes |");
Console.WriteLine("|--:|--:|--:|--:|");
foreach (var namespaces in (int[])[1, 20])
    Console.WriteLine(await MeasureAsync(namespaces));

Console.WriteLine();
Console.WriteLine("The application of one idle node, per minute:");
Console.WriteLine("| log lines at Information | of them of Npgsql | of them commands |");
Console.WriteLine("|--:|--:|--:|");
Console.WriteLine(await MeasureLogAsync());

async Task<string> MeasureLogAsync()
{
    // Npgsql logs the connections of a data source's pool. It logs those that the bus opens past it only after
    // NpgsqlLoggingConfiguration.InitializeLogging.
    using var lines = new LineCounter();
    await using var source = new NpgsqlDataSourceBuilder(connectionString).UseLoggerFactory(lines).Build();
    await using var node = await EventBusNode.StartAsync(
        source, new() { DedicatedDataSource = true }, lines, cancellationToken: interrupt.Token);
    await Task.Delay(settling, interrupt.Token);
    lines.Clear();
    await Task.Delay(measured, interrupt.Token);
    var minutes = measured.TotalMinutes;
    return string.Create(
        CultureInfo.InvariantCulture, $"| {lines.Total / minutes:F0} | {lines.Npgsql / minutes:F0} | {lines.Commands / minutes:F0} |");
}

async Task<string> MeasureAsync(int namespaces)
{
    await using var cluster = await IdleCluster.StartAsync(connectionString, Nodes, namespaces, interrupt.Token);
    await Task.Delay(settling, interrupt.Token);
    var before = await ServerCounters.ReadAsync(observer, Database, interrupt.Token);
    await Task.Delay(measured, interrupt.Token);
    var spent = (await ServerCounters.ReadAsync(observer, Database, interrupt.Token)).Since(before);
    if (!await cluster.IsWholeAsync(interrupt.Token))
        throw new InvalidOperationException("Nodes have lost each other, so the measurement is not that of an idle cluster.");
    var minutes = measured.TotalMinutes;
    return string.Create(
        CultureInfo.InvariantCulture,
        $"| {namespaces} | {spent.Transactions / minutes:F0} | {spent.Writing / minutes:F0} | {spent.WalBytes / minutes:N0} |");
}
