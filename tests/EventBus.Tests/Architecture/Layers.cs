namespace EventBus.Tests.Architecture;

/// <summary>The permitted uses between the folders of src/EventBus: the table of docs/architecture.md.</summary>
internal static class Layers
{
    private static readonly Dictionary<string, string[]> DirectArrows = new()
    {
        ["Values"] = [],
        ["Diagnostics"] = ["Values"],
        ["Serialization"] = ["Diagnostics"],
        ["Sending"] = ["Serialization"],
        ["CompilerServices"] = ["Sending"],
        ["Wire"] = ["CompilerServices"],
        ["Transport"] = ["Wire"],
        ["Transport/Connections"] = ["Transport"],
        ["Transport/Sql"] = ["Transport"],
        ["Transport/Journal"] = ["Transport/Connections", "Transport/Sql"],
        ["Transport/Postgres"] = ["Transport/Journal"],
        ["Transport/InMemory"] = ["Transport"],
        ["Rooms"] = ["Wire"],
        ["Cluster"] = ["Transport", "Rooms"],
        ["Durable"] = ["Cluster", "Transport/Journal"],
        ["Hosting"] = ["Durable", "Transport/Postgres", "Transport/InMemory"],
    };

    // A layer of one folder and its sub-folders, which may use each other.
    private static readonly string[] WithSubfolders = ["Serialization"];

    /// <summary>The layer of a folder: the folder itself, or the parent that is one layer with it.</summary>
    public static string Of(string folder) =>
        Array.Find(WithSubfolders, layer => folder.StartsWith($"{layer}/", StringComparison.Ordinal)) ?? folder;

    public static bool IsKnown(string layer) => DirectArrows.ContainsKey(layer);

    /// <summary>Whether one layer may use the other: itself, the layers it names, and the layers that those may use.</summary>
    public static bool Allows(string from, string to) => from == to || DirectArrows[from].Any(next => Allows(next, to));
}
