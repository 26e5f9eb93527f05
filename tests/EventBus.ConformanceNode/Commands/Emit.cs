using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>emit</c>: an event by name to rooms, except rooms, with flags.</summary>
internal static class Emit
{
    public static async Task<JsonNode?> StartAsync(Command command, BroadcastOperator everyone)
    {
        var target = everyone.To(command.Texts("rooms")).Except(command.Texts("except"));
        foreach (var (name, value) in command.Booleans("flags"))
            target = Apply(target, name, value);
        await target.EmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }

    private static BroadcastOperator Apply(BroadcastOperator target, string flag, bool value) => flag switch
    {
        "local" => value ? target.Local : target,
        "volatile" => value ? target.Volatile : target,
        "compress" => target.Compress(value),
        _ => throw new ArgumentException($"There is no flag '{flag}'."),
    };
}
