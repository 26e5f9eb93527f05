using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class ServerSideEvents
{
    [Scenario(Reference = ["serverSideEmit: sends an event to other server instances"])]
    public static async Task The_other_nodes_receive_a_server_side_event(Stage stage)
    {
        var name = NewName();
        foreach (var node in stage.Nodes)
            await node.OnServerSideAsync(name);

        foreach (var args in (JsonArray[])[["world", 1, "2"], [Json.Binary(1, 2), new string('x', 9000)]])
        {
            await stage.Sender.ServerSideEmitAsync(name, args);
            foreach (var node in stage.Others)
            {
                var expected = ReceivedEvent.Of(name, args).Args;
                await node.Reports.WaitForAsync(
                    "serverSide",
                    report => report.GetProperty("name").ValueEquals(name) && JsonElement.DeepEquals(expected, report.GetProperty("args")),
                    TestContext.Current.CancellationToken);
            }
        }

        AssertNotAtHome(stage, name);
    }

    [Scenario(
        Needs = Needs.SenderIsNode,
        Reference = ["serverSideEmit: sends an event and receives a response from the other server instances"])]
    public static async Task The_other_nodes_acknowledge_a_server_side_event(Stage stage)
    {
        var name = NewName();
        JsonNode[] replies = ["never", 2, "3", Json.Binary(4)];
        for (var role = 0; role < replies.Length; role++)
            await stage.Members[role].OnServerSideAsync(name, replies[role]);

        var acks = await stage.Sender.ServerSideEmitWithAckAsync(name, ["arguments"]);
        AssertAcks(acks, """[2,"3",{"$bin":"04"}]""", missing: 0);
        AssertNotAtHome(stage, name);
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["serverSideEmit: sends an event but timeout if one server does not respond"])]
    public static async Task A_silent_node_is_reported_as_missing(Stage stage)
    {
        var name = NewName();
        await stage.Members[0].OnServerSideAsync(name, 0);
        await stage.Members[1].OnServerSideAsync(name, 1);
        await stage.Members[2].OnServerSideAsync(name);
        await stage.Members[3].OnServerSideAsync(name, 3);

        // The reference always waits for 5 seconds.
        var acks = await stage.Sender.ServerSideEmitWithAckAsync(name, timeoutMs: 2500);
        AssertAcks(acks, "[1,3]", missing: 1);
        if (!stage.Sender.Kind.IsReference())
            Assert.Equal(stage.Members[2].Uid, acks.GetProperty("missing")[0].GetString());
    }

    [Scenario(Needs = Needs.SenderIsNode, Reference = ["serverSideEmit: succeeds even if an instance leaves the cluster"])]
    public static async Task A_leaving_node_is_no_longer_awaited(Stage stage)
    {
        var name = NewName();
        var leaver = await stage.AddNodeAsync();
        foreach (var node in stage.Others)
            await node.OnServerSideAsync(name, 2);
        await leaver.OnServerSideAsync(name);

        var requesting = stage.Sender.ServerSideEmitWithAckAsync(name);
        await leaver.ServerSideAsync(name);
        await stage.StopAsync(leaver);

        var acks = await requesting;
        Assert.Equal("[2,2,2]", acks.GetProperty("responses").GetRawText());
        if (!stage.Sender.Kind.IsReference())
            Assert.Equal([leaver.Uid], acks.GetProperty("missing").EnumerateArray().Select(static uid => uid.GetString()));
    }

    [Scenario(Needs = Needs.SenderIsNode)]
    public static async Task A_node_without_peers_gets_no_acks(Stage stage) =>
        AssertAcks(await stage.Sender.ServerSideEmitWithAckAsync(NewName(), nsp: "/alone"), "[]", missing: 0);

    private static string NewName() => $"event-{Guid.NewGuid():N}";

    private static void AssertNotAtHome(Stage stage, string name) =>
        Assert.DoesNotContain(
            stage.Sender.Reports.All, report => ReportLog.IsOf(report, "serverSide") && report.GetProperty("name").ValueEquals(name));

    private static void AssertAcks(JsonElement acks, string responses, int missing)
    {
        Json.AssertHolds(responses, acks.GetProperty("responses"));
        Assert.Equal(missing, acks.GetProperty("missing").GetArrayLength());
    }
}
