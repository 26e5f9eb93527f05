using System.Globalization;

namespace EventBus.Samples.Demo.Direction;

/// <summary>Prints who takes part, and who received what, by which way and after how long.</summary>
internal sealed class Table(IEnumerable<string> receivers)
{
    private const int TitleWidth = 21, FromWidth = 10, TargetWidth = 17, WayWidth = 13, BytesWidth = 8, TimeWidth = 10;

    private readonly string[] _receivers = [.. receivers];

    public void Begin(bool isPrivate, string? withoutSocketIo)
    {
        Print($"PostgreSQL: {(isPrivate ? "a private server" : "the server that EVENTBUS_POSTGRES names")}");
        foreach (var node in Plan.Receivers.GroupBy(static receiver => receiver.Value.Node, static receiver => Describe(receiver.Key, receiver.Value.Rooms)))
            Print($"{node.Key}: a .NET process with {string.Join(" and ", node)}");
        Print($"{Plan.Publisher}: a .NET process that only publishes");
        Print(withoutSocketIo is null
            ? $"{Plan.SocketIo}: a Socket.IO server on Node.js, with the Postgres adapter and the client {Describe(Plan.Client.Name, Plan.Client.Rooms)}"
            : $"{Plan.SocketIo}: skipped. {withoutSocketIo}");
        Print("");
        Print($"{"event",-TitleWidth} {"from",-FromWidth} {"to",-TargetWidth} {"by",-WayWidth} {"bytes",BytesWidth}"
            + string.Concat(_receivers.Select(static receiver => $"{receiver,TimeWidth}")));
    }

    public void Add(Expectation expectation, IReadOnlyList<Delivery> deliveries)
    {
        var (row, seen) = (expectation.Row, expectation.Seen);
        Print($"{row.Title,-TitleWidth} {row.From,-FromWidth} {row.Target,-TargetWidth} {seen.Way.ToName(),-WayWidth} {seen.Bytes,BytesWidth}"
            + string.Concat(_receivers.Select(receiver => $"{Time(expectation, receiver, deliveries),TimeWidth}")));
    }

    private static string Time(Expectation expectation, string receiver, IReadOnlyList<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            if (delivery.Receiver == receiver && delivery.Row == expectation.Number)
                return string.Create(CultureInfo.InvariantCulture, $"{delivery.At - expectation.SentAt:0.0} ms");
        }

        return expectation.Row.Receivers.Contains(receiver) ? "MISSING" : "-";
    }

    private static string Describe(string name, string[] rooms) => rooms.Length == 0 ? name : $"{name} (in {string.Join(", ", rooms)})";

    private static void Print(string line) => Console.WriteLine(line);
}
