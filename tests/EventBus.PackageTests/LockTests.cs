namespace EventBus.PackageTests;

/// <summary>The contract lock in a project that has the package, from the command line alone.</summary>
public sealed class LockTests(PackedFixture packed)
{
    private const string Placed = "/ placed(order: {articles: [string], id: guid, total: decimal})\n";
    private const string Retyped = "/ placed(order: {articles: [string], id: guid, total: double})\n";
    private const string Cancelled = "/ cancelled(id: guid)\n";

    [Fact]
    public async Task Lock_records_ships_and_keeps_events()
    {
        using var project = ConsumerProject.Create(packed);
        var (contract, handler) = (project.Read("IOrderEvents.cs"), project.Read("OrderHandler.cs"));
        const string Event = "    ValueTask Placed";
        project.Replace("IOrderEvents.cs", Event, $"    void Cancelled(Guid id);\n{Event}");
        const string Handler = "    public ValueTask Placed";
        project.Replace("OrderHandler.cs", Handler, $"    public void Cancelled(Guid id) {{ }}\n\n{Handler}");
        project.Write("Events.Shipped.txt", "# What 1.0 said.\n");
        project.Write("Events.Unshipped.txt", "# What is new.\n");

        Assert.Contains("warning EVB1042: ", (await project.BuildAsync()).Succeeded(), StringComparison.Ordinal);
        (await project.FormatAsync("EVB1042", "warn")).Succeeded();
        Assert.Equal($"# What is new.\n{Cancelled}{Placed}", project.Read("Events.Unshipped.txt"));

        Assert.Contains("EventBus shipped 2 changes", (await project.ShipAsync()).Succeeded(), StringComparison.Ordinal);
        Assert.Equal($"# What 1.0 said.\n{Cancelled}{Placed}", project.Read("Events.Shipped.txt"));
        Assert.Equal("# What is new.\n", project.Read("Events.Unshipped.txt"));
        Assert.Contains("0 Warning(s)", (await project.BuildAsync()).Succeeded(), StringComparison.Ordinal);

        project.Write("IOrderEvents.cs", contract.Replace("decimal Total", "double Total", StringComparison.Ordinal));
        project.Write("OrderHandler.cs", handler);
        project.Replace("Program.cs", "3.50m", "3.50");
        var broken = await project.BuildAsync();
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("error EVB1040: The event 'Placed' breaks the contract lock: ", broken.Output, StringComparison.Ordinal);
        Assert.Contains("Events.Shipped.txt(2,1): error EVB1041: ", broken.Output, StringComparison.Ordinal);

        project.Write("Events.Unshipped.txt", $"*REMOVED*{Placed}*REMOVED*{Cancelled}{Retyped}");
        Assert.Contains("0 Warning(s)", (await project.BuildAsync()).Succeeded(), StringComparison.Ordinal);
        (await project.ShipAsync()).Succeeded();
        Assert.Equal($"# What 1.0 said.\n{Retyped}", project.Read("Events.Shipped.txt"));
        Assert.Equal("", project.Read("Events.Unshipped.txt"));
    }

    [Theory]
    [InlineData(
        "*REMOVED*/ gone()\n/ new()\n",
        "Events.Unshipped.txt : error : 'Events.Shipped.txt' has no line '/ gone()' to take back; nothing was shipped")]
    [InlineData(
        "<<<<<<< HEAD\n/ new()\n",
        "Events.Unshipped.txt : error : '<<<<<<< HEAD' does not describe an event; nothing was shipped")]
    public async Task Shipping_fails_if_the_unshipped_file_is_malformed(string unshipped, string error)
    {
        using var project = ConsumerProject.Create(packed);
        project.Write("Events.Shipped.txt", Placed);
        project.Write("Events.Unshipped.txt", unshipped);

        var shipped = await project.ShipAsync();

        Assert.Equal(1, shipped.ExitCode);
        Assert.Contains(error, shipped.Output, StringComparison.Ordinal);
        Assert.Equal(Placed, project.Read("Events.Shipped.txt"));
        Assert.Equal(unshipped, project.Read("Events.Unshipped.txt"));
    }

    [Fact]
    public async Task Shipping_does_nothing_if_there_is_no_lock()
    {
        using var project = ConsumerProject.Create(packed);

        (await project.ShipAsync()).Succeeded();

        Assert.False(project.Has("Events.Shipped.txt"));
    }
}
