using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.ConformanceNode.Lines;

/// <summary>Writes the results of commands.</summary>
internal sealed class Results(LineWriter lines)
{
    public void Succeeded(JsonElement id, JsonNode? result) => lines.Write(json =>
    {
        WriteId(json, id);
        json.WriteBoolean("ok", true);
        json.WritePropertyName("result");
        if (result is null)
            json.WriteNullValue();
        else
            result.WriteTo(json);
    });

    public void Failed(JsonElement id, Exception exception) => lines.Write(json =>
    {
        WriteId(json, id);
        json.WriteBoolean("ok", false);
        json.WriteStartObject("error");
        json.WriteString("type", ErrorType(exception));
        json.WriteString("message", exception.Message);
        json.WriteEndObject();
    });

    private static void WriteId(Utf8JsonWriter json, JsonElement id)
    {
        // Unchanged: it may contain half a surrogate pair, which a string cannot keep.
        json.WritePropertyName("id");
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(id), skipInputValidation: true);
    }

    private static string ErrorType(Exception exception) => exception switch
    {
        EventNotSentException => "NotSent",
        EventOutcomeUnknownException => "Unknown",
        EventBusClosedException => "Closed",
        ArgumentException or EventSerializationException => "InvalidArgument",
        NotSupportedException => "Unsupported",
        TimeoutException => "Timeout",
        _ => "Internal",
    };
}
