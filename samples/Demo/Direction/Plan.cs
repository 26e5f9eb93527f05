namespace EventBus.Samples.Demo.Direction;

/// <summary>The events of the demo, in order.</summary>
internal static class Plan
{
    public const string First = "node one", Second = "node two", Publisher = "publisher", SocketIo = "Socket.IO";

    private const int LimitOfPostgres = 8000;
    private const int Megabyte = 1024 * 1024;

    /// <summary>The receivers of the .NET nodes, and their rooms.</summary>
    public static IReadOnlyDictionary<string, (string Node, string[] Rooms)> Receivers { get; } = new Dictionary<string, (string, string[])>
    {
        ["ann"] = (First, ["tea"]),
        ["bob"] = (Second, ["tea", "muted"]),
        ["cem"] = (Second, []),
    };

    /// <summary>The client of the Socket.IO server, and its rooms.</summary>
    public static (string Name, string[] Rooms) Client { get; } = ("dora", ["tea"]);

    /// <summary>The rows, without the receivers and senders that do not take part.</summary>
    public static IReadOnlyList<Row> Rows(bool withSocketIo)
    {
        string[] everyone = ["ann", "bob", "cem", "dora"], inTea = ["ann", "bob", "dora"], inTeaNotMuted = ["ann", "dora"];
        Row[] rows =
        [
            Note("an empty note", Publisher, everyone, ""),
            Note("a small note", Publisher, everyone, "Tea is ready."),
            Note("to a room", Publisher, inTea, "Tea for those in the room.") with { Rooms = ["tea"] },
            Note("except a room", Publisher, inTeaNotMuted, "Not for the muted.") with { Rooms = ["tea"], Except = ["muted"] },
            Note("accents and emoji", First, everyone, "Žluťoučký kůň přeje dobrou chuť: 茶 🫖☕ 👩‍🍳"),
            Note("exactly 7999 bytes", Publisher, everyone, "") with { Bytes = LimitOfPostgres - 1 },
            Note("exactly 8000 bytes", Publisher, everyone, "") with { Bytes = LimitOfPostgres, Way = Way.Attachment },
            Photo("1 MB of binary", Publisher, inTea) with { Rooms = ["tea"] },
            Photo("1 MB back", Second, inTeaNotMuted) with { Rooms = ["tea"], Except = ["muted"] },
            Note("from JavaScript", SocketIo, everyone, "Čaj z JavaScriptu 🫖"),
            Photo("1 MB from JavaScript", SocketIo, inTeaNotMuted) with { Rooms = ["tea"], Except = ["muted"] },
            Note("the last note", Publisher, everyone, "That was all."),
        ];
        return withSocketIo ? rows : [.. rows.Where(static row => row.From != SocketIo).Select(WithoutClient)];
    }

    private static Row Note(string title, string from, string[] receivers, string text) =>
        new(title, from, [], [], receivers, Way.Notification) { Text = text };

    private static Row Photo(string title, string from, string[] receivers) =>
        new(title, from, [], [], receivers, Way.Attachment) { Photo = Megabyte };

    private static Row WithoutClient(Row row) => row with { Receivers = [.. row.Receivers.Where(static name => name != Client.Name)] };
}
