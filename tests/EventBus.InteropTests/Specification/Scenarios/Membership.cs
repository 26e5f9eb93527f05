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
    public static async Task A_node_that_joins_is_counted_until_it_says_goodbye(Stage stage) =>
        await stage.StopAsync(await stage.AddNodeAsync());

    [Scenario(Disturbs = true)]
    public static async Task A_node_that_crashes_is_counted_no_longer(Stage stage) =>
        await stage.CrashAsync(await stage.AddNodeAsync());

    [Scenario(Needs = Needs.SenderIsDotNetNode, Disturbs = true)]
    public static async Task Of_a_node_that_crashed_the_others_answers_are_had_and_it_is_named(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        var added = await stage.AddNodeAsync();

        await added.CrashAsync();
        var fetched = await stage.Sender.FetchSocketsAsync();
        Assert.Equal([added.Uid], fetched.GetProperty("missing").EnumerateArray().Select(static uid => uid.GetString()));
        Assert.Equal(sockets.Count, fetched.GetProperty("sockets").GetArrayLength());
    }
}
