using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBus.IntegrationTests.Promises;
using EventBus.IntegrationTests.Transport;
using EventBus.Serialization;
using EventBus.Wire;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>The messages of <c>emit</c> are those of <c>Within</c>: the same values in the same order, and the same attachment.</summary>
public sealed class EmitBytesTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private EmitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = await EmitDatabase.CreateAsync(fixture.Server, new() { PayloadThreshold = 300 });

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("e", "[]", "")]
    [InlineData("é\"\\", """[1,"é",{"a":null},[]]""", ", '{r1}'", "r1")]
    [InlineData("e", "[null]", ", '{r1,r2}', volatile => true", "r1,r2", "", true)]
    [InlineData("e", "[{}]", ", '{r1}', '{r2,\"r\\\"3\"}', compress => true", "r1", "r2,r\"3", false, true)]
    [InlineData("e", "[1.5]", ", NULL, '{r2}', true, false", "", "r2", true, false)]
    [InlineData("e", "[-1]", ", NULL, '{r2}', NULL, NULL", "", "r2")]
    public async Task Emit_writes_the_bytes_of_an_event_in_a_transaction(
        string name, string arguments, string more, string rooms = "", string except = "", bool isVolatile = false, bool? compress = null)
    {
        await using var listener = await RawListener.ListenAsync(_database.DataSource, "socket.io#/");
        var options = new BroadcastOptions
        {
            Rooms = RoomSet.Of(Names(rooms)),
            Except = RoomSet.Of(Names(except)),
            Volatile = isVolatile,
            Compress = compress,
        };
        await EmitAsync(arguments);
        var inline = (await listener.UntilAsync("\"uid\":\"emitter\""))[0];
        Assert.StartsWith("{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[", inline, StringComparison.Ordinal);
        Assert.Equal(Encode(name, arguments, options, inline).Text, Compact(inline));

        // One more argument makes it an attachment.
        arguments = $"[\"{new string('x', 500)}\"{(arguments == "[]" ? "" : ",")}{arguments[1..]}";
        await EmitAsync(arguments);
        var header = (await listener.UntilAsync("attachmentId"))[^1];
        var (expectedHeader, expectedAttachment) = Encode(name, arguments, options, header);
        Assert.Equal(expectedHeader, header);
        var attachment = await _database.ScalarAsync<byte[]>("SELECT payload FROM socket_io_attachments");
        Assert.Equal(Convert.ToHexString(expectedAttachment), Convert.ToHexString(attachment));

        Task EmitAsync(string json) => _database.ScalarAsync<object>($"SELECT eventbus.emit('/', $1, $2::jsonb{more})", name, json);
    }

    [Fact]
    public async Task Emit_writes_the_text_of_jsonb()
    {
        await using var listener = await RawListener.ListenAsync(_database.DataSource, "socket.io#/");
        await _database.EmitAsync("""'/', 'text', '[1e2,-0,2.50,18446744073709551616,{"b":1,"a":2,"a":3}]'""");
        var message = (await listener.UntilAsync("\"text\""))[0];
        Assert.Contains("""["text", 100, 0, 2.50, 18446744073709551616, {"a": 3, "b": 1}]""", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emit_has_one_source_and_an_id_for_each_event()
    {
        await using var listener = await RawListener.ListenAsync(_database.DataSource, "socket.io#/");
        await _database.ExecuteAsync("SELECT eventbus.emit('/', 'e') FROM generate_series(1, 1000)");
        await _database.EmitAsync("'/', 'end'");
        var keys = (await listener.UntilAsync("\"end\"")).Select(KeyOf).ToArray();
        Assert.Equal(1001, keys.Length);
        Assert.Single(keys.Select(static key => key.Source).Distinct());
        Assert.Equal(1001, keys.Select(static key => key.Id).Distinct().Count());
        Assert.All(keys, static key => Assert.Matches("^[0-9a-f]{16}$", key.Id));
        Assert.Matches("^[0-9a-f]{16}$", keys[0].Source);
    }

    /// <summary>Encodes an event as a node does in a transaction, with the source and the id of a message.</summary>
    private static (string Text, byte[] Attachment) Encode(string name, string arguments, BroadcastOptions options, string message)
    {
        var (source, id) = KeyOf(message);
        var encoder = new MessageEncoder(
            new() { Channel = "socket.io#/", Namespace = "/", Uid = "00000000000000aa", Source = source, PayloadThreshold = 300 })
            .WithinTransactions();
        using var encoded = encoder.Broadcast(new Packet(name, arguments), options);
        encoded.Number(long.Parse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture), ordinal: 0);
        if (!encoded.IsAttached)
            return (Encoding.UTF8.GetString(encoded.Payload.Span), []);
        using var header = JsonDocument.Parse(message);
        var attachmentId = header.RootElement.GetProperty("attachmentId").GetString();
        return (
            Encoding.UTF8.GetString(encoded.Head.Span) + attachmentId + Encoding.UTF8.GetString(encoded.Tail.Span),
            encoded.Attachment.ToArray());
    }

    private static (string Source, string Id) KeyOf(string message)
    {
        using var document = JsonDocument.Parse(message);
        var key = document.RootElement.GetProperty("eb");
        return (key.GetProperty("s").GetString()!, key.GetProperty("i").GetString()!);
    }

    // Only the spaces of jsonb differ.
    private static string Compact(string json)
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        default(JsonElementFormatter).Write(ref writer, JsonElement.Parse(json));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string[] Names(string list) => list.Length == 0 ? [] : list.Split(',');

    private readonly struct Packet(string name, string arguments) : IWritable
    {
        public void WriteTo<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            var elements = JsonElement.Parse(arguments).EnumerateArray().ToArray();
            writer.BeginArray(1 + elements.Length);
            writer.WriteString(name);
            foreach (var element in elements)
                default(JsonElementFormatter).Write(ref writer, in element);
            writer.EndArray();
        }
    }
}
