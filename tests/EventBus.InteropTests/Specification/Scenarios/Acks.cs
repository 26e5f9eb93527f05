using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Acks
{
    // Long enough for an ack on a loaded machine.
    private const int ShortWait = 2500;

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts with multiple acknowledgements"])]
    public static async Task All_sockets_acknowledge(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = role, DelayMs = 10 * role });

        var acks = await stage.Sender.EmitWithAckAsync("test", ["arguments"]);
        await sockets.ReceiveAsync("test", ["arguments"]);
        AssertComplete(acks, "[0,1,2,3]");
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts with multiple acknowledgements (binary content)"])]
    public static async Task Acks_and_arguments_may_be_binary(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = Json.Binary((byte)role) });

        var acks = await stage.Sender.EmitWithAckAsync("test", [Json.Binary(7)]);
        await sockets.ReceiveAsync("test", [Json.Binary(7)]);
        AssertComplete(acks, """[{"$bin":"00"},{"$bin":"01"},{"$bin":"02"},{"$bin":"03"}]""");
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task Acks_may_be_any_value(Stage stage)
    {
        JsonNode[] replies = [new string('é', 10_000), new JsonArray(1, "2", null, new JsonObject { ["é"] = 1.5 }), false, ""];
        var sockets = await stage.ConnectAsync(role => new SocketSettings { Reply = replies[role] });

        var acks = await stage.Sender.EmitWithAckAsync("test");
        await sockets.ReceiveAsync("test");
        AssertComplete(acks, new JsonArray([.. replies.Select(static reply => reply.DeepClone())]).ToJsonString());
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts with multiple acknowledgements (no client)"])]
    public static async Task An_empty_room_gives_no_acks_and_no_failure(Stage stage)
    {
        await stage.ConnectAsync(static role => new SocketSettings { Reply = role });

        AssertComplete(await stage.Sender.EmitWithAckAsync("test", to: new To { Rooms = ["abc"] }), "[]");
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts with multiple acknowledgements (timeout)"])]
    public static async Task Silent_sockets_are_awaited_until_the_timeout(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = role == 2 ? null : role });

        var acks = await stage.Sender.EmitWithAckAsync("test", timeoutMs: ShortWait);
        await sockets.ReceiveAsync("test");
        Assert.True(acks.GetProperty("timedOut").GetBoolean(), "All sockets seem to have acknowledged.");
        Json.AssertHolds("[0,1,3]", acks.GetProperty("responses"));
        if (!stage.Sender.Kind.IsReference())
            Assert.Equal(sockets.Count, acks.GetProperty("expected").GetInt32());
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task Only_the_targeted_sockets_acknowledge(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = role });
        await sockets.JoinAsync("room1", 0, 1, 2);
        await sockets.JoinAsync("room2", 2, 3);

        var acks = await stage.Sender.EmitWithAckAsync("test", to: new To { Rooms = ["room1"], Except = ["room2"] });
        await sockets.ReceiveAsync([0, 1], "test");
        AssertComplete(acks, "[0,1]");
    }

    // The reference waits for the other servers anyway.
    [Scenario(Needs = Needs.SenderIsDotNetNode)]
    public static async Task Local_events_are_acknowledged_by_local_sockets_only(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = role });

        var acks = await stage.Sender.EmitWithAckAsync("test", to: new To { Local = true });
        await sockets.ReceiveAsync([0], "test");
        AssertComplete(acks, "[0]");
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts with a single acknowledgement (local)"])]
    public static async Task One_local_socket_acknowledges(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = role });

        Assert.Equal(0, (await stage.Sender.RemoteEmitWithAckAsync(sockets[0].Id, "test", ["arguments"])).GetInt32());
        await sockets.ReceiveAsync([0], "test", ["arguments"]);
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["broadcast: broadcasts with a single acknowledgement (remote)"])]
    public static async Task One_remote_socket_acknowledges(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Reply = new JsonArray(role, Json.Binary(1)) });

        foreach (var role in (int[])[1, 2, 3])
        {
            var ack = await stage.Sender.RemoteEmitWithAckAsync(sockets[role].Id, "test", [Json.Binary(7)]);
            Assert.True(
                JsonElement.DeepEquals(Json.Parse($$"""[{{role}},{"$bin":"01"}]"""), ack), $"The ack of role {role} is {ack.GetRawText()}");
            await sockets.ReceiveAsync([role], "test", [Json.Binary(7)]);
        }
    }

    private static void AssertComplete(JsonElement acks, string responses)
    {
        Json.AssertHolds(responses, acks.GetProperty("responses"));
        Assert.False(acks.GetProperty("timedOut").GetBoolean(), "A socket has not acknowledged.");
        Assert.Equal(acks.GetProperty("responses").GetArrayLength(), acks.GetProperty("expected").GetInt32());
    }
}
