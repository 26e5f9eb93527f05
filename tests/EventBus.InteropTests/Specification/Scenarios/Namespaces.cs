using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Namespaces
{
    [Scenario(Reference = ["broadcast: broadcasts to all clients in a namespace"])]
    public static async Task Events_stay_in_their_namespace(Stage stage)
    {
        var main = await stage.ConnectAsync();
        var custom = await stage.ConnectAsync(nsp: "/custom");

        await stage.Sender.EmitAsync("test", to: new To { Nsp = "/custom" });
        await custom.ReceiveAsync("test");
        await stage.Sender.EmitAsync("attached", [Json.Binary(1)], new To { Nsp = "/custom" });
        await custom.ReceiveAsync("attached", [Json.Binary(1)]);
        await stage.Sender.EmitAsync("main");
        await main.ReceiveAsync("main");
    }

    [Scenario]
    public static async Task Each_namespace_has_its_own_rooms(Stage stage)
    {
        var main = await stage.ConnectAsync(static _ => new SocketSettings { Rooms = ["room1"] });
        var custom = await stage.ConnectAsync(static role => new SocketSettings { Rooms = role == 1 ? ["room1"] : [] }, "/custom");

        await stage.Sender.EmitAsync("custom", to: new To { Nsp = "/custom", Rooms = ["room1"] });
        await custom.ReceiveAsync([1], "custom");
        await stage.Sender.SocketsLeaveAsync(["room1"], new To { Nsp = "/custom" });
        await stage.Sender.EmitAsync("main", to: new To { Rooms = ["room1"] });
        await main.ReceiveAsync("main");
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task Requests_stay_in_their_namespace(Stage stage)
    {
        await stage.ConnectAsync(static _ => new SocketSettings { Reply = "main" });
        var custom = await stage.ConnectAsync(static role => new SocketSettings { Reply = role }, "/custom");

        var acks = await stage.Sender.EmitWithAckAsync("test", to: new To { Nsp = "/custom" });
        await custom.ReceiveAsync("test");
        Json.AssertHolds("[0,1,2,3]", acks.GetProperty("responses"));
        Assert.Equal(
            custom.Count, (await stage.Sender.FetchSocketsAsync(new To { Nsp = "/custom" })).GetProperty("sockets").GetArrayLength());
    }
}
