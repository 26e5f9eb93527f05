using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class SocketManagement
{
    [Scenario(Reference = ["socketsJoin: makes all socket instances join the specified room"])]
    public static async Task All_sockets_join(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.SocketsJoinAsync(["room1", "room2"]);
        foreach (var room in (string[])["room1", "room2"])
        {
            await stage.Sender.EmitAsync(room, to: new To { Rooms = [room] });
            await sockets.ReceiveAsync(room);
        }
    }

    [Scenario(Reference = ["socketsJoin: makes the matching socket instances join the specified room"])]
    public static async Task Sockets_of_a_room_join_another(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 2);

        await stage.Sender.SocketsJoinAsync(["room2"], new To { Rooms = ["room1"] });
        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room2"] });
        await sockets.ReceiveAsync([0, 2], "test");
    }

    [Scenario(Reference = ["socketsJoin: makes the given socket instance join the specified room"])]
    public static async Task One_socket_joins(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.SocketsJoinAsync(["room3"], new To { Rooms = [sockets[1].Id] });
        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room3"] });
        await sockets.ReceiveAsync([1], "test");
    }

    [Scenario]
    public static async Task All_sockets_except_a_room_join(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 3);

        await stage.Sender.SocketsJoinAsync(["room2"], new To { Except = ["room1"] });
        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room2"] });
        await sockets.ReceiveAsync([1, 2], "test");
    }

    [Scenario(Reference = ["socketsLeave: makes all socket instances leave the specified room"])]
    public static async Task All_sockets_leave(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 2);

        await stage.Sender.SocketsLeaveAsync(["room1"]);
        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room1"] });
    }

    [Scenario(Reference = ["socketsLeave: makes the matching socket instances leave the specified room"])]
    public static async Task Sockets_of_a_room_leave_another(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 1);
        await sockets.JoinAsync("room2", 0, 1, 2);

        await stage.Sender.SocketsLeaveAsync(["room2"], new To { Rooms = ["room1"] });
        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room2"] });
        await sockets.ReceiveAsync([2], "test");
    }

    [Scenario(Reference = ["socketsLeave: makes the given socket instance leave the specified room"])]
    public static async Task One_socket_leaves(Stage stage)
    {
        var sockets = await stage.ConnectAsync(static _ => new SocketSettings { Rooms = ["room3"] });

        await stage.Sender.SocketsLeaveAsync(["room3"], new To { Rooms = [sockets[1].Id] });
        await stage.Sender.EmitAsync("test", to: new To { Rooms = ["room3"] });
        await sockets.ReceiveAsync([0, 2, 3], "test");
    }

    [Scenario(Reference = ["disconnectSockets: makes all socket instances disconnect"])]
    public static async Task All_sockets_disconnect(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.DisconnectSocketsAsync();
        await Task.WhenAll(sockets.All.Select(static socket => socket.WhenDisconnectedAsync()));
    }

    [Scenario]
    public static async Task Sockets_of_a_room_except_another_room_disconnect(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 1, 3);
        await sockets.JoinAsync("room2", 0, 3);

        await stage.Sender.DisconnectSocketsAsync(new To { Rooms = ["room1"], Except = ["room2"] }, close: true);
        await sockets[1].WhenDisconnectedAsync();
        await stage.Sender.EmitAsync("test");
        await sockets.ReceiveAsync([0, 2, 3], "test");
    }

    [Scenario(Reference = ["disconnectSockets: sends a packet before all socket instances disconnect"])]
    public static async Task Events_before_a_disconnection_arrive_before_it(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await stage.Sender.EmitAsync("bye");
        await stage.Sender.DisconnectSocketsAsync(close: true);
        await sockets.ReceiveAsync("bye");
        await Task.WhenAll(sockets.All.Select(static socket => socket.WhenDisconnectedAsync()));
    }
}
