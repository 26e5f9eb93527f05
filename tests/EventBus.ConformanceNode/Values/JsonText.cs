using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace EventBus.ConformanceNode.Values;

/// <summary>
/// Reads JSON strings with lone surrogates: JavaScript writes them as escapes, which <see cref="JsonElement.GetString"/> rejects.
/// </summary>
internal static class JsonText
{
    public static string Read(JsonElement text) => Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text)[1..^1]));

    public static string ReadName(JsonProperty property) => Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property)));

    private static string Unescape(string raw)
    {
        if (!raw.Contains('\\'))
            return raw;

        var text = new StringBuilder(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            if (raw[index] != '\\')
            {
                text.Append(raw[index]);
                continue;
            }

            index++;
            if (raw[index] == 'u')
            {
                text.Append((char)ushort.Parse(raw.AsSpan(index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                index += 4;
            }
            else
            {
                text.Append(Unescape(raw[index]));
            }
        }

        return text.ToString();
    }

    private static char Unescape(char escaped) => escaped switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => escaped,
    };
}
