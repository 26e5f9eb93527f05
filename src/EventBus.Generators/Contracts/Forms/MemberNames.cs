using System.Text.RegularExpressions;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>The list of a payload's members in emitted code: names on the wire, as a contract lock has them, with spaces between.</summary>
internal static class MemberNames
{
    // A name in quotes may contain spaces.
    private static readonly Regex Name = new(@"""(\\.|[^""\\])*""|[^ ]+", RegexOptions.CultureInvariant);

    public static string Of(string wireName) => FormText.Quote(wireName);

    /// <summary>The names of a list, as <see cref="Of"/> returns them.</summary>
    public static IEnumerable<string> Split(string list) => Name.Matches(list).Cast<Match>().Select(static match => match.Value);
}
