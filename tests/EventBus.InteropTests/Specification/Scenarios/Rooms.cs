using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Rooms
{
    [Scenario(Reference = ["broadcast: broadcasts to all clients in a room"])]
    public static async Task Only_the_sockets_of_a_room_receive_its_events(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets[1].JoinAsync("room1");

        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room1"] });
        await sockets.ReceiveAsync([1], "test");
    }

    [Scenario]
    public static async Task A_socket_in_two_targeted_rooms_receives_an_event_once(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 1, 2);
        await sockets.JoinAsync("room2", 0, 2);

        await stage.Sender.EmitAsync("test", ["union"], new To { Rooms = ["room1", "room2"] });
        await sockets.ReceiveAsync([0, 1, 2], "test", ["union"]);
    }

    [Scenario]
    public static async Task A_room_spans_several_nodes(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static _ => new SocketSettings { Rooms = ["room1"] });

        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room1"] });
        await sockets.ReceiveAsync("test");
    }

    [Scenario]
    public static async Task Room_names_may_be_any_text(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        string[] rooms = ["späť 😀", "room1 ", "Room1", "\"\\'#\n", new string('é', 300)];
        for (var number = 0; number < rooms.Length; number++)
        {
            var role = 1 + number % 3;
            await sockets[role].JoinAsync(rooms[number]);
            await stage.Sender.EmitAsync("test", [number], new To { Rooms = [rooms[number]] });
            await sockets.ReceiveAsync([role], "test", [number]);
        }
    }

    [Scenario]
    public static async Task The_id_of_a_socket_is_one_of_its_rooms(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        foreach (var role in (int[])[1, 2, 3])
        {
            await stage.Sender.EmitAsync("test", [role], new To { Rooms = [sockets[role].Id] });
            await sockets.ReceiveAsync([role], "test", [role]);
        }
    }

    [Scenario]
    public static async Task An_empty_room_reaches_no_sockets(Stage stage)
    {
        await stage.ConnectAsync();

        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room1"] });
        await stage.Sender.EmitAsync("test", [Json.Binary(1)], new To { Rooms = ["room1"] });
    }

    [Scenario]
    public static async Task A_socket_that_left_a_room_receives_no_events_of_it(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static _ => new SocketSettings { Rooms = ["room1", "room2"] });
        await sockets[2].LeaveAsync("room1");

        await stage.Sender.EmitAsync("room1", to: new To { Rooms = ["room1"] });
        await sockets.ReceiveAsync([0, 1, 3], "room1");
        await stage.Sender.EmitAsync("room2", to: new To { Rooms = ["room2"] });
        await sockets.ReceiveAsync("room2");
    }

    [Scenario]
    public static async Task A_disconnected_socket_receives_nothing(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static _ => new SocketSettings { Rooms = ["room1"] });
        await sockets[3].DisconnectAsync();

        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room1"] });
        await sockets.ReceiveAsync([0, 1, 2], "test");
    }
}
