using System.Reflection;

namespace EventBus.InteropTests.Specification;

/// <summary>One behaviour of a cluster with members of any kind.</summary>
internal sealed record Scenario(string Title, ScenarioAttribute Declaration, Func<Stage, Task> PlayAsync)
{
    /// <summary>All scenarios, in the order of the table.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. typeof(Scenario).Assembly.GetTypes()
            .Where(static type => type.Namespace == $"{typeof(Scenario).Namespace}.Scenarios")
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(static method => method.IsDefined(typeof(ScenarioAttribute)))
            .Select(
                static method => new Scenario(
                    TitleOf(method), method.GetCustomAttribute<ScenarioAttribute>()!, method.CreateDelegate<Func<Stage, Task>>())),
    ];

    /// <summary>The reason why it is skipped in that position; null if it is not.</summary>
    public string? WhyNotIn(Position position) => Declaration.Needs.WhyNotMetBy(position);

    private static string TitleOf(MethodInfo method) => $"{method.DeclaringType!.Name}: {method.Name.Replace('_', ' ')}";
}
