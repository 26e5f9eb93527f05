using System.Globalization;
using System.Text;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>Writes names and literals in TypeScript.</summary>
internal static class TypeScriptText
{
    // The names that neither a parameter nor a type can have.
    private static readonly HashSet<string> Reserved =
    [
        "any", "arguments", "as", "async", "await", "bigint", "boolean", "break", "case", "catch", "class", "const", "continue",
        "debugger", "declare", "default", "delete", "do", "else", "enum", "eval", "export", "extends", "false", "finally", "for",
        "function", "if", "implements", "import", "in", "infer", "instanceof", "interface", "is", "keyof", "let", "module", "namespace",
        "never", "new", "null", "number", "object", "package", "private", "protected", "public", "readonly", "return", "static",
        "string", "super", "switch", "symbol", "this", "throw", "true", "try", "type", "typeof", "undefined", "unique", "unknown",
        "var", "void", "while", "with", "yield",
    ];

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Labels for the parameters of a signature or the items of a tuple. No label is reserved, and no two are equal.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<string> names)
    {
        // A name that can be a label stays as it is.
        var scope = new IdentifierScope(names.Where(static name => !IsReserved(name)));
        var kept = new HashSet<string>();
        return [.. names.Select(name => !IsReserved(name) && kept.Add(name) ? name : scope.Declare($"{name}_"))];
    }

    /// <summary>The key of a member: without quotes if it is an ASCII identifier.</summary>
    public static string Key(string name) => IsIdentifier(name) ? name : Literal(name);

    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is < ' ' or '\u2028' or '\u2029' or (>= '\u007f' and < '\u00a0') || char.IsSurrogate(c))
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0
        && !(name[0] is >= '0' and <= '9')
        && name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '$');
}
