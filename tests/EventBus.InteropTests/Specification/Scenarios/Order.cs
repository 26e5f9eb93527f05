using System.Text.Json.Nodes;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification.Scenarios;

internal static class Order
{
    private const int Count = 120;

    /// <summary>
    /// No emit awaits another. EventBus keeps the order from end to end; a Socket.IO server delivers attached events later, and sends over
    /// several connections.
    /// </summary>
    [Scenario]
    public static async Task Small_large_and_binary_events_arrive_once_and_in_order(Stage stage)
    {
        var sockets = await stage.ConnectAsync();
        JsonNode[] sizes = ["small", new string('x', 9000), Json.Binary(1)];
        JsonArray[] arguments =
            [.. Enumerable.Range(0, Count).Select(number => new JsonArray(number, sizes[number % sizes.Length].DeepClone()))];
        ReceivedEvent[] sent = [.. arguments.Select(static args => ReceivedEvent.Of("test", args))];

        await Task.WhenAll(arguments.Select(args => stage.Sender.EmitAsync("test", args)));
        foreach (var socket in sockets.All)
        {
            await socket.WhenReceivedAsync(static events => events.Count >= Count, $"{Count} events");
            var isOrdered = !stage.Sender.Kind.IsReference() && !socket.Member.Kind.IsReference();
            socket.Expect(isOrdered ? sent : sent.OrderBy(received => IndexIn(socket, received)));
        }

        static int IndexIn(MemberSocket socket, ReceivedEvent received) =>
            socket.Received.ToList().IndexOf(received) is >= 0 and var index ? index : int.MaxValue;
    }

    [Scenario(Needs = Needs.SenderIsDotNet)]
    public static async Task Small_events_arrive_in_order_everywhere(Stage stage)
    {
        var sockets = await stage.ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => stage.Sender.EmitAsync("test", [number])));
        foreach (var socket in sockets.All)
        {
            await socket.WhenReceivedAsync(static events => events.Count >= Count, $"{Count} events");
            socket.Expect(Enumerable.Range(0, Count).Select(static number => ReceivedEvent.Of("test", [number])));
        }
    }
}
