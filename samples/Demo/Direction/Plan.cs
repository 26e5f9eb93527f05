namespace EventBus.Samples.Demo.Direction;

/// <summary>The events of the demo, in order.</summary>
internal static class Plan
{
    public const string First = "node one", Second = "node two", Publisher = "publisher", SocketIo = "Socket.IO";

    private const int LimitOfPostgres = 8000;
    private const int Megabyte = 1024 * 1024;

    /// <summary>Who receives in the .NET nodes, and their rooms.</summary>
    public static IReadOnlyDictionary<string, (string Node, string[] Rooms)> Receivers { get; } = new Dictionary<string, (string, string[])>
    {
        ["ann"] = (First, ["tea"]),
        ["bob"] = (Second, ["tea", "muted"]),
        ["cem"] = (Second, []),
    };

    /// <summary>The client of the Socket.IO server, and its rooms.</summary>
    public static (string Name, string[] Rooms) Client { get; } = ("dora", ["tea"]);

    /// <summary>The rows. Receivers that do not take part are left out of them.</summary>
    public static IReadOnlyList<Row> Rows(bool withSocketIo)
    {
        Row[] rows =
        [
            new("an empty note", Publisher, [], [], ["ann", "bob", "cem", "dora"], Way.Notification) { Text = "" },
            new("a small note", Publisher, [], [], ["ann", "bob", "cem", "dora"], Way.Notification) { Text = "Tea is ready." },
            new("to a room", Publisher, ["tea"], [], ["ann", "bob", "dora"], Way.Notification) { Text = "Tea for those in the room." },
            new("except a room", Publisher, ["tea"], ["muted"], ["ann", "dora"], Way.Notification) { Text = "Not for the muted." },
            new("accents and emoji", First, [], [], ["ann", "bob", "cem", "dora"], Way.Notification) { Text = "Žluťoučký kůň přeje dobrou chuť: 茶 🫖☕ 👩‍🍳" },
            new("exactly 7999 bytes", Publisher, [], [], ["ann", "bob", "cem", "dora"], Way.Notification) { Text = "", Bytes = LimitOfPostgres - 1 },
            new("exactly 8000 bytes", Publisher, [], [], ["ann", "bob", "cem", "dora"], Way.Attachment) { Text = "", Bytes = LimitOfPostgres },
            new("1 MB of binary", Publisher, ["tea"], [], ["ann", "bob", "dora"], Way.Attachment) { Photo = Megabyte },
            new("1 MB back", Second, ["tea"], ["muted"], ["ann", "dora"], Way.Attachment) { Photo = Megabyte },
            new("from JavaScript", SocketIo, [], [], ["ann", "bob", "cem", "dora"], Way.Notification) { Text = "Čaj z JavaScriptu 🫖" },
            new("1 MB from JavaScript", SocketIo, ["tea"], ["muted"], ["ann", "dora"], Way.Attachment) { Photo = Megabyte },
            new("the last note", Publisher, [], [], ["ann", "bob", "cem", "dora"], Way.Notification) { Text = "That was all." },
        ];
        return withSocketIo
            ? rows
            : [.. rows.Where(static row => row.From != SocketIo).Select(static row => row with { Receivers = [.. row.Receivers.Where(static name => name != Client.Name)] })];
    }
}
