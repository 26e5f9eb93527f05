using System.Text.Json;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Lines;

/// <summary>The lines that nobody asked for.</summary>
internal sealed class Reports(LineWriter lines)
{
    public void Ready(string uid) => lines.Write(json =>
    {
        json.WriteString("event", "ready");
        json.WriteString("uid", uid);
    });

    public void Received(string socket, string nsp, string name, IReadOnlyList<EventValue> arguments) => lines.Write(json =>
    {
        json.WriteString("event", "received");
        json.WriteString("socket", socket);
        json.WriteString("nsp", nsp);
        json.WriteString("name", name);
        WriteArguments(json, arguments);
    });

    public void ServerSide(string nsp, string name, IReadOnlyList<EventValue> arguments) => lines.Write(json =>
    {
        json.WriteString("event", "serverSide");
        json.WriteString("nsp", nsp);
        json.WriteString("name", name);
        WriteArguments(json, arguments);
    });

    public void Disconnected(string socket) => lines.Write(json =>
    {
        json.WriteString("event", "disconnected");
        json.WriteString("socket", socket);
    });

    public void Gap(EventGap gap) => lines.Write(json =>
    {
        json.WriteString("event", "gap");
        json.WriteString("source", gap.Source);
        json.WriteNumber("lost", gap.Lost);
    });

    public void AttachmentLost(LostAttachment attachment) => lines.Write(json =>
    {
        json.WriteString("event", "attachmentLost");
        json.WriteString("id", attachment.Id);
    });

    public void State(BusState state) => lines.Write(json =>
    {
        json.WriteString("event", "state");
        json.WriteString("state", StateName.Of(state));
    });

    public void Error(string message) => lines.Write(json =>
    {
        json.WriteString("event", "error");
        json.WriteString("message", message);
    });

    private static void WriteArguments(Utf8JsonWriter json, IReadOnlyList<EventValue> arguments)
    {
        json.WriteStartArray("args");
        foreach (var argument in arguments)
            JsonValues.Write(json, argument);
        json.WriteEndArray();
    }
}
