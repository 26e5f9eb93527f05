namespace EventBus.InteropTests.SocketIo;

/// <summary>One event to emit, and who has to receive it: names of receivers, each of which stands for a Node.js client and a .NET socket.</summary>
internal sealed record Emission(string Event, string Args, params string[] Receivers)
{
    public string Nsp { get; init; } = "/";

    public string[] Rooms { get; init; } = [];

    public string[] Except { get; init; } = [];

    public bool Volatile { get; init; }

    public bool? Compress { get; init; }
}
