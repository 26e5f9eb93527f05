using System.Globalization;

namespace EventBus.Samples.Demo.Direction;

/// <summary>Prints who received what, by which way and after how long, and the verdict.</summary>
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
        Print($"{row.Title,-TitleWidth} {row.From,-FromWidth} {row.Target,-TargetWidth} {Name(seen.Way),-WayWidth} {seen.Bytes,BytesWidth}"
            + string.Concat(_receivers.Select(receiver => $"{Time(expectation, receiver, deliveries),TimeWidth}")));
    }

    /// <returns>Whether all is as planned.</returns>
    public bool End(IReadOnlyList<Expectation> expected, IReadOnlyList<Delivery> deliveries)
    {
        string[] faults =
        [
            .. expected.Where(static row => !row.WentAsPlanned).Select(static row => $"'{row.Row.Title}' went as {Name(row.Seen.Way)} of {row.Seen.Bytes} bytes."),
            .. expected.SelectMany(row => row.Missing(deliveries).Select(receiver => $"{receiver} did not get '{row.Row.Title}'.")),
            .. deliveries.Where(delivery => !expected.Any(row => row.IsOf(delivery) && row.Row.Receivers.Contains(delivery.Receiver)))
                .Select(static delivery => $"{delivery.Receiver} got row {delivery.Row} with {delivery.Digest}, which was not for it or not as it was sent."),
            .. deliveries.GroupBy(static delivery => (delivery.Receiver, delivery.Row)).Where(static same => same.Count() > 1)
                .Select(static same => $"{same.Key.Receiver} got row {same.Key.Row} {same.Count()} times."),
        ];

        Print("");
        foreach (var fault in faults)
            Print($"WRONG: {fault}");
        if (faults.Length == 0)
            Print($"{deliveries.Count} deliveries: every expected one, and no other.");
        return faults.Length == 0;
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

    private static string Name(Way way) => way == Way.Notification ? "notification" : "attachment";

    private static string Describe(string name, string[] rooms) => rooms.Length == 0 ? name : $"{name} (in {string.Join(", ", rooms)})";

    private static void Print(string line) => Console.WriteLine(line);
}
