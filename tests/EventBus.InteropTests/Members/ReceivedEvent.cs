using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>An event that a socket has received, or is to receive.</summary>
internal sealed record ReceivedEvent(string Name, JsonElement Args)
{
    public static ReceivedEvent Of(string name, JsonArray? args) => new(name, Json.Parse((args ?? []).ToJsonString()));

    public bool Equals(ReceivedEvent? other) => other is not null && Name == other.Name && JsonElement.DeepEquals(Args, other.Args);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public static string Print(IEnumerable<ReceivedEvent> events) => string.Join(", ", events.DefaultIfEmpty(new ReceivedEvent("nothing", default)).Select(static received => received.ToString()));

    public override string ToString()
    {
        var args = Args.ValueKind == JsonValueKind.Undefined ? "" : Args.GetRawText();
        return args.Length <= 100 ? $"{Name}{args}" : $"{Name}{args[..100]}…";
    }
}
