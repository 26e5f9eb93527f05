using System.Globalization;
using System.Text;

namespace EventBus.Testing;

/// <summary>The settings of a server for tests, as lines of <c>postgresql.conf</c>: a later line has precedence.</summary>
internal static class ServerConfiguration
{
    /// <param name="port">The port of 127.0.0.1.</param>
    /// <param name="directory">The directory of the server, for its socket.</param>
    /// <param name="further">Settings that replace or extend the defaults.</param>
    public static string Describe(int port, string directory, IReadOnlyDictionary<string, string> further)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            // The path of a socket has at most 107 bytes.
            ["unix_socket_directories"] = directory.Length < 80 ? directory : "",
            ["shared_buffers"] = "32MB",
            ["max_connections"] = "200",
        };
        foreach (var (name, value) in further)
            settings[name] = value;

        var text = new StringBuilder("\n");
        foreach (var (name, value) in settings)
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }
}
