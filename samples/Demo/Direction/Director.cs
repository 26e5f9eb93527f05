using System.Security.Cryptography;
using EventBus.InteropTests.Harness;
using EventBus.Testing;

namespace EventBus.Samples.Demo.Direction;

/// <summary>Runs the plan, row by row, and compares every delivery with it.</summary>
internal static class Director
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>Whether every expected delivery, and no other, happened.</returns>
    public static async Task<bool> RunAsync()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var dataSource = server.CreateDataSource();
        var name = $"eventbus_demo_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            using var start = new CancellationTokenSource(Patience);
            await using var cast = await Cast.StartAsync(server.ConnectionString, name, name, start.Token);
            await using var observer = await Observer.StartAsync(dataSource, $"{name}#{EventBusDefaults.Namespace}", name);
            var table = new Table(Plan.Receivers.Keys.Concat(cast.HasSocketIo ? [Plan.Client.Name] : []));
            table.Begin(server.IsPrivate, NodeProgram.Missing);
            var expected = await PlayAsync(cast, observer, table);

            using var stop = new CancellationTokenSource(Patience);
            await cast.StopAsync(stop.Token);
            return Verdict.Print(expected, cast.Deliveries);
        }
        finally
        {
            await using var drop = dataSource.CreateCommand($"DROP TABLE IF EXISTS {name}");
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<Expectation>> PlayAsync(Cast cast, Observer observer, Table table)
    {
        var expected = new List<Expectation>();
        Filling? filling = null;
        var rows = Plan.Rows(cast.HasSocketIo);
        for (var number = 0; number < rows.Count; number++)
        {
            var row = rows[number];
            using var patience = new CancellationTokenSource(Patience);
            var text = row.Bytes is { } bytes ? filling!.Fill(number, bytes) : row.Text;
            var sentAt = await cast.EmitAsync(row, number, text, patience.Token);
            var observation = await observer.NextAsync(patience.Token);
            if (row.From == Plan.Publisher)
                filling = Filling.After(filling, number, observation);

            var digest = text is null ? Digest.Of(Photograph.Take(row.Photo)) : Digest.Of(text);
            var expectation = new Expectation(row, number, digest, sentAt, observation);
            expected.Add(expectation);
            await AwaitAsync(cast, expectation, patience.Token);
            table.Add(expectation, cast.Deliveries);
        }

        return expected;
    }

    // If a receiver gets nothing in time, the table shows it as missing, and the plan continues.
    private static async Task AwaitAsync(Cast cast, Expectation expectation, CancellationToken patience)
    {
        try
        {
            await cast.Log.WaitAsync(_ => expectation.Missing(cast.Deliveries).Any() ? null : expectation, patience);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
