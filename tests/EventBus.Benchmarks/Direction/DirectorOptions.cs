using System.Globalization;
using EventBus.Benchmarks.Groups;

namespace EventBus.Benchmarks.Direction;

/// <summary>The arguments of the director.</summary>
/// <param name="Groups">The groups to measure, in the order of the report.</param>
/// <param name="Rounds">How often each contender is measured.</param>
/// <param name="Output">The folder of the report.</param>
internal sealed record DirectorOptions(IReadOnlyList<Group> Groups, int Rounds, string Output)
{
    /// <returns>Null if the arguments are wrong.</returns>
    public static DirectorOptions? TryParse(IReadOnlyList<string> arguments)
    {
        var (rounds, output, only) = (5, Path.Combine("artifacts", "bench"), "");
        var names = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--rounds" && i + 1 < arguments.Count)
            {
                if (!int.TryParse(arguments[++i], CultureInfo.InvariantCulture, out rounds) || rounds < 1)
                    return null;
            }
            else if (arguments[i] == "--output" && i + 1 < arguments.Count)
            {
                output = arguments[++i];
            }
            else if (arguments[i] == "--only" && i + 1 < arguments.Count)
            {
                only = arguments[++i];
            }
            else if (AllGroups.List.Any(group => group.Name == arguments[i]))
            {
                names.Add(arguments[i]);
            }
            else
            {
                return null;
            }
        }

        Group[] groups =
        [
            .. AllGroups.List
                .Where(group => names.Count == 0 || names.Contains(group.Name))
                .Select(group => group.Only(only))
                .Where(static group => group.Candidates.Count > 0),
        ];
        return groups.Length == 0 ? null : new DirectorOptions(groups, rounds, output);
    }
}
