using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class FetchSockets
{
    [Scenario(Needs = Needs.SenderIsNode, Reference = ["fetchSockets: returns all socket instances"])]
    public static async Task All_sockets_are_fetched(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        AssertFetched(await stage.Sender.FetchSocketsAsync(), sockets.All);
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["fetchSockets: returns a single socket instance"])]
    public static async Task One_socket_is_fetched_with_its_rooms_and_data(Stage stage)
    {
        var data = JsonNode.Parse("""{"name":"Zoë 😀","counts":[1,2.5,null]}""");
        var sockets = await stage.ConnectAsync(role => new SocketSettings { Rooms = ["room1", $"room of {role}"], Data = data });

        foreach (var role in (int[])[0, 1, 2, 3])
        {
            var fetched = await stage.Sender.FetchSocketsAsync(new To { Rooms = [sockets[role].Id] });
            AssertFetched(fetched, [sockets[role]]);
            var socket = fetched.GetProperty("sockets")[0];
            Assert.Equivalent((string[])[sockets[role].Id, "room1", $"room of {role}"], Texts(socket.GetProperty("rooms")), strict: true);
            Assert.True(
                JsonElement.DeepEquals(Json.Parse(data!.ToJsonString()), socket.GetProperty("data")),
                $"The data are {socket.GetProperty("data").GetRawText()}");
            if (stage.Sender.Kind.IsReference())
                Assert.Equal("object", socket.GetProperty("handshake").GetString());
        }
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["fetchSockets: returns only local socket instances"])]
    public static async Task Local_sockets_are_fetched(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        AssertFetched(await stage.Sender.FetchSocketsAsync(local: true), [sockets[0]]);
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task Sockets_of_a_room_except_another_room_are_fetched(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 1, 2);
        await sockets.JoinAsync("room2", 2, 3);

        AssertFetched(await stage.Sender.FetchSocketsAsync(new To { Rooms = ["room1"] }), sockets.Of(0, 1, 2));
        AssertFetched(await stage.Sender.FetchSocketsAsync(new To { Rooms = ["room1"], Except = ["room2"] }), sockets.Of(0, 1));
        AssertFetched(await stage.Sender.FetchSocketsAsync(new To { Rooms = ["nobody"] }), []);
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task Large_socket_data_are_fetched(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static role => new SocketSettings { Data = new string((char)('a' + role), 20_000) });

        var fetched = await stage.Sender.FetchSocketsAsync();
        AssertFetched(fetched, sockets.All);
        Assert.Equivalent(
            Enumerable.Range(0, 4).Select(static role => new string((char)('a' + role), 20_000)),
            fetched.GetProperty("sockets").EnumerateArray().Select(static socket => socket.GetProperty("data").GetString()),
            strict: true);
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task Events_to_a_fetched_socket_arrive(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        foreach (var role in (int[])[0, 1, 2, 3])
        {
            await stage.Sender.RemoteEmitAsync(sockets[role].Id, "test", [role, Json.Binary(1)]);
            await sockets.ReceiveAsync([role], "test", [role, Json.Binary(1)]);
        }
    }

    private static void AssertFetched(JsonElement fetched, IEnumerable<MemberSocket> sockets)
    {
        Assert.Empty(Texts(fetched.GetProperty("missing")));
        Assert.Equivalent(
            sockets.Select(static socket => socket.Id),
            fetched.GetProperty("sockets").EnumerateArray().Select(static socket => socket.GetProperty("id").GetString()),
            strict: true);
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(static text => text.GetString()!);
}
