using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace EventBus.InteropTests.Specification;

/// <summary>The titles of the scenarios of the position that gives the test class its name.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenariosAttribute : DataAttribute, ITypeAwareDataAttribute
{
    public Type? MemberType { get; set; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var position = new Position(MemberType!.Name);
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            .. Scenario.All
                .Where(scenario => scenario.WhyNotIn(position) is null)
                .Select(static scenario => new TheoryDataRow<string>(scenario.Title)),
        ]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
