namespace EventBus.InteropTests.Specification;

/// <summary>Marks a method as a scenario. Its class's and its own name are its title.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioAttribute : Attribute
{
    /// <summary>What it needs of a position; elsewhere it is not played, and the table says why.</summary>
    public Needs Needs { get; init; }

    /// <summary>The titles of the reference's own tests that it covers.</summary>
    public string[] Reference { get; init; } = [];

    /// <summary>Whether it breaks connections or processes, which members may report as errors.</summary>
    public bool Disturbs { get; init; }
}
