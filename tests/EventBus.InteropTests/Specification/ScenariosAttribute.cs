using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace EventBus.InteropTests.Specification;

/// <summary>The titles of the scenarios that are played in the position that the test class is named for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenariosAttribute : DataAttribute, ITypeAwareDataAttribute
{
    public Type? MemberType { get; set; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var position = new Position(MemberType!.Name);
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Scenario.All.Where(scenario => scenario.WhyNotIn(position) is null).Select(static scenario => new TheoryDataRow<string>(scenario.Title))]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
