using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.Benchmarks.Contenders;
using EventBus.Chaos.Children;

namespace EventBus.Benchmarks.Children;

/// <summary>A process that publishes. It is warm when it reports that it is ready.</summary>
internal static class PublisherChild
{
    public static async Task<int> RunAsync(string contender, IReadOnlyList<string> arguments)
    {
        using var lines = new ChildLines();
        var load = Load.Parse(arguments);
        await using var publisher = Contender.CreatePublisher(contender, load);
        await publisher.ConnectAsync();
        var runner = new LoadRunner(publisher, load);
        lines.Report(new JsonObject { ["event"] = "ready", ["warmUps"] = await runner.WarmUpAsync() });
        await lines.ServeAsync(async (op, _) => op switch
        {
            "run" => JsonSerializer.SerializeToNode(await runner.RunAsync(), JsonSerializerOptions.Web),
            "stop" => null,
            _ => throw new ArgumentException($"unknown: {op}"),
        });
        return 0;
    }
}
