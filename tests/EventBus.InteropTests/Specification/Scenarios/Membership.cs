namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Membership
{
    [Scenario]
    public static async Task All_nodes_count_each_other(Stage stage)
    {
        await stage.ConnectAsync();
        await stage.ConnectAsync(nsp: "/counted");
    }

    [Scenario]
    public static async Task A_node_is_counted_from_joining_until_leaving(Stage stage) =>
        await stage.StopAsync(await stage.AddNodeAsync());

    [Scenario(Disturbs = true)]
    public static async Task A_crashed_node_is_no_longer_counted(Stage stage) =>
        await stage.CrashAsync(await stage.AddNodeAsync());

    [Scenario(Needs = Needs.SenderIsDotNetNode, Disturbs = true)]
    public static async Task Requests_name_a_crashed_node_and_return_the_other_responses(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        var added = await stage.AddNodeAsync();

        await added.CrashAsync();
        var fetched = await stage.Sender.FetchSocketsAsync();
        Assert.Equal([added.Uid], fetched.GetProperty("missing").EnumerateArray().Select(static uid => uid.GetString()));
        Assert.Equal(sockets.Count, fetched.GetProperty("sockets").GetArrayLength());
    }
}
