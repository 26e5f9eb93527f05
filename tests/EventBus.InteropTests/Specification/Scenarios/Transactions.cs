using System.Text.Json.Nodes;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Transactions
{
    [Scenario(Needs = Needs.Transactions)]
    public static async Task Committed_events_reach_all_nodes_including_the_sender(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await sockets.JoinAsync("room1", 0, 2);

        await stage.Sender.EmitInTransactionAsync(commit: true, Event("test", [1], "room1"), Event("same", []), Event("same", []));
        await sockets.ReceiveAsync([0, 2], "test", [1]);
        await sockets.ReceiveAsync("same");
        await sockets.ReceiveAsync("same");
        await stage.Sender.EmitInTransactionAsync(commit: true, Event("attached", [Json.Binary(1), new string('x', 9000)]));
        await sockets.ReceiveAsync("attached", [Json.Binary(1), new string('x', 9000)]);
    }

    [Scenario(Needs = Needs.Transactions)]
    public static async Task Rolled_back_events_reach_no_node(Stage stage)
    {
        await stage.ConnectAsync();

        await stage.Sender.EmitInTransactionAsync(commit: false, Event("test", [1]), Event("attached", [Json.Binary(1)]));
    }

    private static JsonObject Event(string name, JsonArray args, params string[] rooms) =>
        new() { ["event"] = name, ["args"] = args.DeepClone(), ["rooms"] = Json.Array(rooms) };
}
