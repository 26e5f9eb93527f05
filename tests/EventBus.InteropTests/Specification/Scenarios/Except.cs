using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Except
{
    [Scenario(Reference = ["broadcast: broadcasts to all clients except in room"])]
    public static async Task All_sockets_except_a_room_receive_an_event(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets[1].JoinAsync("room1");

        await stage.Sender.EmitAsync("test", to: new To { Except = ["room1"] });
        await sockets.ReceiveAsync([0, 2, 3], "test");
        await stage.Sender.EmitAsync("attached", [Json.Binary(1)], new To { Except = ["room1"] });
        await sockets.ReceiveAsync([0, 2, 3], "attached", [Json.Binary(1)]);
    }

    [Scenario]
    public static async Task All_sockets_except_two_rooms_receive_an_event(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets[1].JoinAsync("room1");
        await sockets[2].JoinAsync("room2");

        await stage.Sender.EmitAsync("test", to: new To { Except = ["room1", "room2"] });
        await sockets.ReceiveAsync([0, 3], "test");
    }

    [Scenario]
    public static async Task A_room_except_another_room_receives_an_event(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 1, 2);
        await sockets.JoinAsync("room2", 2, 3);

        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room1"], Except = ["room2"] });
        await sockets.ReceiveAsync([0, 1], "test");
        await stage.Sender.EmitAsync("attached", [Json.Binary(1)], new To { Rooms = ["room1"], Except = ["room2"] });
        await sockets.ReceiveAsync([0, 1], "attached", [Json.Binary(1)]);
    }

    [Scenario]
    public static async Task All_sockets_except_one_receive_an_event(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        foreach (var role in (int[])[1, 2, 3])
        {
            await stage.Sender.EmitAsync("test", [role], new To { Except = [sockets[role].Id] });
            await sockets.ReceiveAsync(((int[])[0, 1, 2, 3]).Where(other => other != role), "test", [role]);
        }
    }

    [Scenario]
    public static async Task Except_an_empty_room_reaches_all_sockets(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.EmitAsync("test", to: new To { Except = ["nobody"] });
        await sockets.ReceiveAsync("test");
    }
}
