using EventBus.InteropTests.Docs;

namespace EventBus.InteropTests.Specification;

/// <summary>The reference's own test suites compared with the specification.</summary>
public sealed class ReferenceTests
{
    // The titles of the tests of the Postgres adapter 0.5.0, the Postgres emitter 0.1.1 and the cluster adapter 2.5.8, which are mostly the
    // same, without the one for a node:cluster.
    private static readonly string[] Titles =
    [
        "broadcast: broadcasts to all clients",
        "broadcast: broadcasts to all clients in a namespace",
        "broadcast: broadcasts to all clients in a room",
        "broadcast: broadcasts to all clients except in room",
        "broadcast: broadcasts to local clients only",
        "broadcast: broadcasts to local clients even when publishAndReturnOffset throws",
        "broadcast: broadcasts with multiple acknowledgements",
        "broadcast: broadcasts with multiple acknowledgements (binary content)",
        "broadcast: broadcasts with multiple acknowledgements (no client)",
        "broadcast: broadcasts with multiple acknowledgements (timeout)",
        "broadcast: broadcasts with a single acknowledgement (local)",
        "broadcast: broadcasts with a single acknowledgement (remote)",
        "socketsJoin: makes all socket instances join the specified room",
        "socketsJoin: makes the matching socket instances join the specified room",
        "socketsJoin: makes the given socket instance join the specified room",
        "socketsLeave: makes all socket instances leave the specified room",
        "socketsLeave: makes the matching socket instances leave the specified room",
        "socketsLeave: makes the given socket instance leave the specified room",
        "disconnectSockets: makes all socket instances disconnect",
        "disconnectSockets: sends a packet before all socket instances disconnect",
        "fetchSockets: returns all socket instances",
        "fetchSockets: returns a single socket instance",
        "fetchSockets: returns only local socket instances",
        "serverSideEmit: sends an event to other server instances",
        "serverSideEmit: sends an event and receives a response from the other server instances",
        "serverSideEmit: sends an event but timeout if one server does not respond",
        "serverSideEmit: succeeds even if an instance leaves the cluster",
    ];

    [Fact]
    public void Reference_tests_all_have_a_scenario()
    {
        var covered = Scenario.All.SelectMany(static scenario => scenario.Declaration.Reference).ToArray();
        Assert.Equal(Titles.Order(StringComparer.Ordinal), covered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Reference_table_names_the_scenarios()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "specification.md"))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(static cells => cells.Length == 5 && Titles.Contains(cells[2]))
            .Select(static cells => (Reference: cells[2], Scenario: cells[3]));
        var scenarios = Scenario.All.SelectMany(
            static scenario => scenario.Declaration.Reference.Select(title => (Reference: title, Scenario: scenario.Title)));
        Assert.Equal(scenarios.Order(), rows.Order());
    }
}
