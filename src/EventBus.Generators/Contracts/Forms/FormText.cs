using System.Globalization;
using System.Text;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>The names in the text of a form: plain names as they are, all others in quotes.</summary>
internal static class FormText
{
    public static string Quote(string name) => name.Length > 0 && name.All(IsPlain) ? name : Quoted(name);

    public static string QuoteNamespace(string name) =>
        name.StartsWith("/", StringComparison.Ordinal) && name.All(static c => c == '/' || IsPlain(c)) ? name : Quoted(name);

    public static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.';

    private static string Quoted(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var c in name)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is < ' ' or (>= '\x7f' and < '\xa0') or '\u2028' or '\u2029')
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        return text.Append('"').ToString();
    }
}
