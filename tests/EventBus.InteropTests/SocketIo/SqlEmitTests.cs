using System.Text.Json.Nodes;
using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>Clients of an unmodified Socket.IO server receive the events that SQL emits, in both forms.</summary>
public sealed class SqlEmitTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ClusterSite _site = new(postgres.ConnectionString);
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Schema => $"emit_{_site.Prefix}";

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NodeProgram.Missing is not null, NodeProgram.Missing ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    [Theory(Timeout = 120_000)]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task Events_from_SQL_reach_clients(int padding)
    {
        await using var server = await _site.StartAsync(MemberKind.SocketIoServer);
        await CreateAsync();
        var plain = await server.ConnectAsync("/", new SocketSettings());
        var member = await server.ConnectAsync("/", new SocketSettings { Rooms = ["r1"] });
        var excluded = await server.ConnectAsync("/", new SocketSettings { Rooms = ["r1", "r2"] });
        var other = await server.ConnectAsync("/chat", new SocketSettings());
        JsonArray args = [.. Values(), new string('é', padding)];

        await EmitAsync("/", "all", args);
        // Not volatile: Socket.IO drops a volatile event if the client's connection is busy.
        await EmitAsync("/", "some", args, ["r1"], ["r2"], compress: false);
        await EmitAsync("/chat", "other", args);
        var (all, some) = (ReceivedEvent.Of("all", args), ReceivedEvent.Of("some", args));
        await other.ReceivesAsync(ReceivedEvent.Of("other", args));

        // The server reads each attachment when it has time, so its own order is not that of the events. It gives each event to all of its
        // sockets at once. So what the other sockets receive of both events, they receive before an end that follows them.
        await member.WhenReceivedAsync(static events => events.Count >= 2, "both events");
        JsonArray last = [1, new string('é', padding)];
        var end = ReceivedEvent.Of("end", last);
        await EmitAsync("/", "end", last);
        await EmitAsync("/chat", "end", last);
        await other.ReceivesAsync(end);
        foreach (var socket in new[] { plain, member, excluded })
        {
            await socket.WhenReceivedAsync(static events => events.Any(static received => received.Name == "end"), "the end");
            ReceivedEvent[] expected = socket == member ? [all, end, some] : [all, end];
            Assert.Equal(expected, socket.Received.OrderBy(static received => received.Name, StringComparer.Ordinal));
        }

        Assert.Equal(other.Expected, other.Received);
    }

    [Fact(Timeout = 120_000)]
    public async Task Events_from_SQL_have_every_length_that_JavaScript_decodes()
    {
        await using var server = await _site.StartAsync(MemberKind.SocketIoServer);
        await CreateAsync();
        var client = await server.ConnectAsync("/", new SocketSettings());
        foreach (var size in (int[])[0, 15, 16, 31, 32, 255, 256, 65_535, 65_536])
        {
            JsonArray args =
            [
                new string('x', size),
                new JsonArray([.. Enumerable.Range(0, size).Select(static n => JsonValue.Create(n))]),
                new JsonObject(Enumerable.Range(0, size).Select(static n => KeyValuePair.Create<string, JsonNode?>($"k{n}", n))),
                new string('y', 8000),
            ];
            await EmitAsync("/", $"size-{size}", args);
            await client.ReceivesAsync(ReceivedEvent.Of($"size-{size}", args));
        }

        Assert.Equal(client.Expected, client.Received);
    }

    private static IEnumerable<JsonNode?> Values() => JsonNode.Parse(
        """
        [null, true, false, 0, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, 9007199254740991,
         -1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, -9007199254740991,
         0.1, 1.5e-300, 1.7976931348623157e308, 5e-324, "", "a\"\\\n\u0001é😀", [], {}, [[[{"a": [{"b": null}]}]]]]
        """)!.AsArray().Select(static node => node?.DeepClone());

    private async Task CreateAsync()
    {
        await using var command = _dataSource.CreateCommand(EmitFunction.CreateSql(_site.Options, Schema));
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task EmitAsync(
        string nsp,
        string name,
        JsonArray args,
        string[]? rooms = null,
        string[]? except = null,
        bool? compress = null)
    {
        await using var command = _dataSource.CreateCommand($"SELECT {Schema}.emit($1, $2, $3::jsonb, $4, $5, $6, $7)");
        foreach (var value in (object?[])[nsp, name, args.ToJsonString()])
            command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = (object?)rooms ?? DBNull.Value, DataTypeName = "text[]" });
        command.Parameters.Add(new() { Value = (object?)except ?? DBNull.Value, DataTypeName = "text[]" });
        command.Parameters.Add(new() { Value = false });
        command.Parameters.Add(new() { Value = (object?)compress ?? DBNull.Value, DataTypeName = "boolean" });
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
