using System.Diagnostics;
using EventBus.InteropTests.Harness;
using Xunit.Sdk;

namespace EventBus.InteropTests.Specification;

/// <summary>The scenarios in one position, which gives the class its name.</summary>
public abstract class PositionTests(PositionFixture fixture, SpecificationTable table) : IClassFixture<PositionFixture>
{
    [Theory(Timeout = 120_000)]
    [Scenarios]
    public async Task Scenario_passes(string title)
    {
        var position = new Position(GetType().Name);
        Assert.SkipWhen(position.HasReference && NodeProgram.Missing is not null, NodeProgram.Missing ?? "");
        var scenario = Scenario.All.Single(scenario => scenario.Title == title);
        await fixture.StartAsync(position);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await fixture.PlayAsync(scenario, position);
            table.Add(scenario, position, held: true, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            table.Add(scenario, position, held: false, Stopwatch.GetElapsedTime(started));
            throw new XunitException($"«{title}» failed in the position {position}.\n{exception.Message}", exception);
        }
    }
}
