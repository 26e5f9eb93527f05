using System.Globalization;

namespace EventBus.Samples.Demo.Direction;

/// <summary>Prints the processes, and for each event its form and the time until each receiver got it.</summary>
internal sealed class Table(IEnumerable<string> receivers)
{
    private const int TitleWidth = 21;
    private const int FromWidth = 10;
    private const int TargetWidth = 17;
    private const int WayWidth = 13;
    private const int BytesWidth = 8;
    private const int TimeWidth = 10;

    private readonly string[] _receivers = [.. receivers];

    public void Begin(bool isPrivate, string? withoutSocketIo)
    {
        Print($"PostgreSQL: {(isPrivate ? "a private server" : "the server that EVENTBUS_POSTGRES names")}");
        foreach (var node in Plan.Receivers.GroupBy(static receiver => receiver.Value.Node))
        {
            var names = node.Select(static receiver => Describe(receiver.Key, receiver.Value.Rooms));
            Print($"{node.Key}: a .NET process with {string.Join(" and ", names)}");
        }

        Print($"{Plan.Publisher}: a .NET process that only publishes");
        var client = Describe(Plan.Client.Name, Plan.Client.Rooms);
        Print(withoutSocketIo is null
            ? $"{Plan.SocketIo}: a Socket.IO server on Node.js, with the Postgres adapter and the client {client}"
            : $"{Plan.SocketIo}: skipped. {withoutSocketIo}");
        Print("");
        Print($"{"event",-TitleWidth} {"from",-FromWidth} {"to",-TargetWidth} {"by",-WayWidth} {"bytes",BytesWidth}"
            + string.Concat(_receivers.Select(static receiver => $"{receiver,TimeWidth}")));
    }

    public void Add(Expectation expectation, IReadOnlyList<Delivery> deliveries)
    {
        var (row, seen) = (expectation.Row, expectation.Seen);
        Print($"{row.Title,-TitleWidth} {row.From,-FromWidth} {row.Target,-TargetWidth} "
            + $"{seen.Way.ToName(),-WayWidth} {seen.Bytes,BytesWidth}"
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
