using System.Reflection;
using System.Text.RegularExpressions;

namespace EventBus.Tests.Architecture;

/// <summary>The two walks of docs/architecture.md name the types that one event enters, in order. They stay short, and true.</summary>
public sealed partial class WalksTests
{
    private static readonly Assembly Library = typeof(IEventBus).Assembly;

    private static readonly HashSet<(string From, string To)> AllUses =
        [.. new TypeUses(Library.Location).Select(static use => (use.From.Name, use.To.Name))];

    [Theory]
    [InlineData("The way out", 16)]
    [InlineData("The way in", 18)]
    public void Walks_are_short_and_enter_no_type_twice(string heading, int limit)
    {
        var walk = Walk(heading);

        Assert.InRange(walk.Length, 10, limit);
        Assert.Equal(walk.Distinct(), walk);
    }

    [Theory]
    [InlineData("The way out")]
    [InlineData("The way in")]
    public void Walks_name_types_of_the_library(string heading) => Assert.All(Walk(heading), static name => Assert.NotNull(TypeOf(name)));

    // An earlier type calls the next one, by itself or by an interface or base class. A loop takes from the queue before it instead.
    // Generated code calls the types in CompilerServices.
    [Theory]
    [InlineData("The way out")]
    [InlineData("The way in")]
    public void Walks_lead_from_each_type_to_a_connected_one(string heading)
    {
        var walk = Walk(heading).Select(TypeOf).OfType<Type>().ToArray();
        var unconnected = walk.Skip(1)
            .Where((type, index) => !walk[..(index + 1)].Any(earlier => Uses(earlier, type) || Uses(type, earlier)));

        Assert.DoesNotContain(unconnected, static type => type.Namespace != "EventBus.CompilerServices");
    }

    private static bool Uses(Type user, Type used) => Names(used).Any(name => AllUses.Contains((user.Name, name)));

    private static IEnumerable<string> Names(Type type)
    {
        for (var current = type; current is not null && current.Assembly == Library; current = current.BaseType)
            yield return current.Name;
        foreach (var implemented in type.GetInterfaces().Where(static implemented => implemented.Assembly == Library))
            yield return implemented.Name;
    }

    private static Type? TypeOf(string name) => Library.GetTypes().SingleOrDefault(type => !type.IsNested && FullName(type) == name);

    private static string FullName(Type type) => $"{type.Namespace}.{type.Name.Split('`')[0]}";

    private static string[] Walk(string heading)
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "architecture.md"));
        var section = page.Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        var block = section.Split("```text\n")[1].Split("```")[0];
        return [.. Step().Matches(block).Select(static step => NameOf(step.Groups["type"].Value))];
    }

    // Sending is a folder, but not a namespace.
    private static string NameOf(string step) => $"EventBus.{step}".Replace("EventBus.Sending.", "EventBus.", StringComparison.Ordinal);

    // "→ Cluster.ClusterAdapter", with the folder before the type: code and other systems have none.
    [GeneratedRegex(@"→ (?<type>[A-Z]\w+(\.[A-Z]\w+)+)", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
