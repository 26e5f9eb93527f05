namespace EventBus.InteropTests.Specification;

/// <summary>Marks a method as a scenario. The names of its class and of the method are its title.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioAttribute : Attribute
{
    /// <summary>The needs of the scenario. In positions without them it is skipped, and the table gives the reason.</summary>
    public Needs Needs { get; init; }

    /// <summary>The titles of the reference's own tests that it covers.</summary>
    public string[] Reference { get; init; } = [];

    /// <summary>Whether it breaks connections or processes, which members may report as errors.</summary>
    public bool Disturbs { get; init; }
}
