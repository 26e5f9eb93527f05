using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Restart
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Scenario]
    public static async Task A_replacement_node_receives_events(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        var first = await stage.AddNodeAsync();
        var before = await stage.ConnectAsync(first);
        await stage.Sender.EmitAsync("first");
        await sockets.ReceiveAsync("first");
        await before.ReceivesAsync(ReceivedEvent.Of("first", null));

        await stage.StopAsync(first);
        var second = await stage.AddNodeAsync();
        var after = await stage.ConnectAsync(second);
        await stage.Sender.EmitAsync("second");
        await sockets.ReceiveAsync("second");
        await after.ReceivesAsync(ReceivedEvent.Of("second", null));
    }

    [Scenario(Disturbs = true)]
    public static async Task All_nodes_receive_events_after_their_connections_were_cut(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        await stage.CutListenersAsync();

        // Events are lost while a node does not listen; a Socket.IO server listens again after one to three seconds. A node's own events do
        // not show whether it listens.
        var returned = Task.WhenAll(sockets.All.Select(static socket => socket.WhenReceivedAsync(
            events => events.Any(received => received.Name == "probe" && !received.Args[0].ValueEquals(socket.Member.Uid)),
            "a probe of another node")));
        while (!returned.IsCompleted)
        {
            await Task.WhenAll(stage.Nodes.Select(static node => node.EmitAsync("probe", [node.Uid])));
            await Task.WhenAny(returned, Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await returned;

        // A node's own events reach its sockets at once, before the last probes of the others: so every node sends a final event.
        await Task.WhenAll(stage.Nodes.Select(static node => node.EmitAsync("again", [node.Uid, Json.Binary(1)])));
        foreach (var socket in sockets.All)
        {
            await socket.WhenReceivedAsync(
                events => events.Count(static received => received.Name == "again") >= sockets.Count, "«again» from every node");
            var again = socket.Received.Where(static received => received.Name == "again")
                .Select(static received => received.Args[0].GetString());
            Assert.Equivalent(stage.Nodes.Select(static node => node.Uid), again, strict: true);
            socket.Expect(socket.Received);
        }
    }
}
