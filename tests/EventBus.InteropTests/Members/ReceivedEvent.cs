using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>An event that a socket has received, or is expected to receive.</summary>
internal sealed record ReceivedEvent(string Name, JsonElement Args)
{
    public static ReceivedEvent Of(string name, JsonArray? args) => new(name, Json.Parse((args ?? []).ToJsonString()));

    public bool Equals(ReceivedEvent? other) => other is not null && Name == other.Name && JsonElement.DeepEquals(Args, other.Args);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public static string Print(IEnumerable<ReceivedEvent> events) =>
        string.Join(", ", events.DefaultIfEmpty(new ReceivedEvent("nothing", default)));

    public override string ToString() => Args.ValueKind == JsonValueKind.Undefined ? Name : $"{Name}{Json.Brief(Args.GetRawText())}";
}
