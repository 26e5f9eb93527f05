namespace EventBus.Tests.Architecture;

/// <summary>Which folder of src/EventBus may use which: the table of docs/architecture.md.</summary>
internal static class Layers
{
    private const string Root = "EventBus";

    private static readonly Dictionary<string, string[]> DirectArrows = new()
    {
        [Root] = [],
        ["EventBus.Diagnostics"] = [Root],
        ["EventBus.Serialization"] = ["EventBus.Diagnostics"],
        ["EventBus.CompilerServices"] = ["EventBus.Serialization"],
        ["EventBus.Wire"] = ["EventBus.CompilerServices"],
        ["EventBus.Transport"] = ["EventBus.Wire"],
        ["EventBus.Transport.Postgres"] = ["EventBus.Transport"],
        ["EventBus.Transport.InMemory"] = ["EventBus.Transport"],
        ["EventBus.Rooms"] = ["EventBus.Wire"],
        ["EventBus.Cluster"] = ["EventBus.Transport", "EventBus.Rooms"],
        ["EventBus.Namespaces"] = ["EventBus.Cluster"],
        ["EventBus.Hosting"] = ["EventBus.Namespaces", "EventBus.Transport.Postgres", "EventBus.Transport.InMemory"],
    };

    public static bool IsKnown(string layer) => DirectArrows.ContainsKey(layer);

    /// <summary>Whether one layer may use the other: itself, what it names, and what those may use.</summary>
    public static bool Allows(string from, string to) => from == to || DirectArrows[from].Any(next => Allows(next, to));
}
