using System.Text.Json;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Lines;

/// <summary>Writes the lines that are not results. The first is <c>ready</c>: earlier reports wait for it.</summary>
internal sealed class Reports(LineWriter lines)
{
    private readonly Lock _lock = new();
    private List<Action<Utf8JsonWriter>>? _early = [];

    public void Ready(string uid)
    {
        lock (_lock)
        {
            lines.Write(json =>
            {
                json.WriteString("event", "ready");
                json.WriteString("uid", uid);
            });
            _early?.ForEach(lines.Write);
            _early = null;
        }
    }

    public void Received(string socket, string nsp, string name, IReadOnlyList<EventValue> arguments) => Write(json =>
    {
        json.WriteString("event", "received");
        json.WriteString("socket", socket);
        json.WriteString("nsp", nsp);
        json.WriteString("name", name);
        WriteArguments(json, arguments);
    });

    public void ServerSide(string nsp, string name, IReadOnlyList<EventValue> arguments) => Write(json =>
    {
        json.WriteString("event", "serverSide");
        json.WriteString("nsp", nsp);
        json.WriteString("name", name);
        WriteArguments(json, arguments);
    });

    public void Disconnected(string socket) => Write(json =>
    {
        json.WriteString("event", "disconnected");
        json.WriteString("socket", socket);
    });

    public void Gap(EventGap gap) => Write(json =>
    {
        json.WriteString("event", "gap");
        json.WriteString("source", gap.Source);
        json.WriteNumber("lost", gap.Lost);
    });

    public void AttachmentLost(LostAttachment attachment) => Write(json =>
    {
        json.WriteString("event", "attachmentLost");
        json.WriteString("id", attachment.Id);
    });

    public void State(BusState state) => Write(json =>
    {
        json.WriteString("event", "state");
        json.WriteString("state", StateName.Of(state));
    });

    public void Error(string message) => Write(json =>
    {
        json.WriteString("event", "error");
        json.WriteString("message", message);
    });

    private void Write(Action<Utf8JsonWriter> report)
    {
        lock (_lock)
        {
            if (_early is not null)
            {
                _early.Add(report);
                return;
            }
        }

        lines.Write(report);
    }

    private static void WriteArguments(Utf8JsonWriter json, IReadOnlyList<EventValue> arguments)
    {
        json.WriteStartArray("args");
        foreach (var argument in arguments)
            JsonValues.Write(json, argument);
        json.WriteEndArray();
    }
}
