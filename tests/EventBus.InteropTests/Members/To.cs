using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>The sockets that a command concerns; all without rooms.</summary>
internal sealed record To
{
    public string Nsp { get; init; } = "/";

    public string[] Rooms { get; init; } = [];

    public string[] Except { get; init; } = [];

    public bool Local { get; init; }

    public bool Volatile { get; init; }

    public bool? Compress { get; init; }

    /// <summary>Its fields in a command.</summary>
    public JsonObject ToFields()
    {
        var flags = new JsonObject();
        if (Local)
            flags["local"] = true;
        if (Volatile)
            flags["volatile"] = true;
        if (Compress is { } compress)
            flags["compress"] = compress;
        return new JsonObject { ["nsp"] = Nsp, ["rooms"] = Json.Array(Rooms), ["except"] = Json.Array(Except), ["flags"] = flags };
    }
}
