using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Delivery
{
    // The envelope is about 200 bytes: these texts cross the limit of 7999 bytes in steps of one byte.
    private const int ShortestText = 7740;
    private const int LongestText = 7830;

    [Scenario(Reference = ["broadcast: broadcasts to all clients"])]
    public static async Task All_sockets_receive_an_event(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.EmitAsync("test", [1, "2", Json.Binary(3, 4)]);
        await sockets.ReceiveAsync("test", [1, "2", Json.Binary(3, 4)]);
        await stage.Sender.EmitAsync("no arguments");
        await sockets.ReceiveAsync("no arguments");
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts to local clients only"])]
    public static async Task Local_events_reach_local_sockets_only(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.EmitAsync("test", to: new To { Local = true });
        await sockets.ReceiveAsync([0], "test");
    }

    [Scenario(
        Needs = Needs.SenderIsNode,
        Disturbs = true,
        Reference = ["broadcast: broadcasts to local clients even when publishAndReturnOffset throws"])]
    public static async Task An_unpublished_event_still_reaches_local_sockets(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.RejectAttachmentsAsync();
        await Assert.ThrowsAsync<CommandFailedException>(() => stage.Sender.EmitAsync("test", [Json.Binary(1)]));
        await sockets.ReceiveAsync([0], "test", [Json.Binary(1)]);
        await stage.AcceptAttachmentsAsync();
        await stage.Sender.EmitAsync("again", [Json.Binary(2)]);
        await sockets.ReceiveAsync("again", [Json.Binary(2)]);
    }

    [Scenario]
    public static async Task Volatile_and_compressed_events_arrive(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static _ => new SocketSettings { Rooms = ["room1"] });

        await stage.Sender.EmitAsync("volatile", [1], new To { Volatile = true });
        await sockets.ReceiveAsync("volatile", [1]);
        await stage.Sender.EmitAsync("compressed", [2], new To { Rooms = ["room1"], Compress = true });
        await sockets.ReceiveAsync("compressed", [2]);
        await stage.Sender.EmitAsync("uncompressed", [Json.Binary(3)], new To { Compress = false, Volatile = true });
        await sockets.ReceiveAsync("uncompressed", [Json.Binary(3)]);
    }

    [Scenario]
    public static async Task Each_node_reaches_all_sockets(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        foreach (var node in stage.Nodes)
        {
            await node.EmitAsync("test", [node.Uid]);
            await sockets.ReceiveAsync("test", [node.Uid]);
        }
    }

    [Scenario]
    public static Task Values_arrive_unchanged(Stage stage) => ArriveAsync(
        stage,
        """[null,true,false,"",[],{}]""",
        "[0,1,-1,127,128,255,256,65535,65536,4294967295,4294967296,-129,-32769,-2147483649,9007199254740991,-9007199254740991]",
        "[1.5,-0.1,1e21,1.7976931348623157e308,5e-324,123456.789]",
        """["é","žluťoučký kůň","😀👩‍👩‍👧","汉字","\"\\/\b\f\n\r\t\u0001","\u2028\u2029"]""",
        """[{"a":{"b":[1,"2",{"c":null}]},"é 😀":[[[]]]},[1,[2,[3]]]]""");

    [Scenario]
    public static Task Values_beside_binary_arrive_unchanged(Stage stage) => ArriveAsync(
        stage,
        """[{"$bin":"00ff"},{"name":"x","parts":[{"$bin":""},{"$bin":"deadbeef"}]},"and text"]""",
        """[{"$bin":"01"},0,-1,128,-129,65536,4294967296,9007199254740991,-9007199254740991,1.5,-0.1]""",
        """[{"$bin":"01"},"é😀汉字",null,true,{"é":[{}]}]""");

    [Scenario(Needs = Needs.SenderIsReference)]
    public static async Task Dates_arrive_as_ISO_8601_text(Stage stage)
    {
        const string date = "2026-02-28T21:59:58.123Z";
        var sockets = await stage.ConnectAsync();

        await stage.Sender.EmitAsync("inline", [new JsonObject { ["$date"] = date }]);
        await sockets.ReceiveAsync("inline", [date]);
        await stage.Sender.EmitAsync("attached", [new JsonObject { ["$date"] = date }, Json.Binary(1)]);
        await sockets.ReceiveAsync("attached", [date, Json.Binary(1)]);
    }

    [Scenario]
    public static async Task Large_events_arrive(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        var text = string.Concat(Enumerable.Repeat("é😀x", 5000));
        var bytes = new byte[1024 * 1024];
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] = (byte)(index * 31 >> 3);

        await stage.Sender.EmitAsync("text", [text]);
        await sockets.ReceiveAsync("text", [text]);
        await stage.Sender.EmitAsync("binary", [Json.Binary(bytes)]);
        await sockets.ReceiveAsync("binary", [Json.Binary(bytes)]);
    }

    // The reference loses its own events of exactly 8000 bytes.
    [Scenario(Needs = Needs.SenderIsDotNet)]
    public static async Task Events_of_any_size_around_the_notification_limit_arrive(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        for (var length = ShortestText; length <= LongestText; length++)
        {
            var name = $"{length}";
            await stage.Sender.EmitAsync(name, [new string('x', length)]);
            await sockets.ReceiveAsync(name, [new string('x', length)]);
        }
    }

    private static async Task ArriveAsync(Stage stage, params string[] arguments)
    {
        var sockets = await stage.ConnectAsync();
        foreach (var json in arguments)
        {
            var args = JsonNode.Parse(json)!.AsArray();
            await stage.Sender.EmitAsync("test", args);
            await sockets.ReceiveAsync("test", args);
        }
    }
}
