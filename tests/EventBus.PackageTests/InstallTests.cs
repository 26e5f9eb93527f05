namespace EventBus.PackageTests;

public sealed class InstallTests(PackedFixture packed)
{
    [Fact]
    public async Task A_new_project_builds_with_it_and_runs()
    {
        using var project = ConsumerProject.Create(packed);

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        Assert.Equal("tea and milk: 3.50", (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim());
    }

    [Fact]
    public async Task Its_rules_are_errors_unless_the_project_says_otherwise()
    {
        using var project = ConsumerProject.Create(packed);
        project.Write("Careless.cs", """
            namespace Shop;

            internal sealed class Careless : IOrderEvents
            {
                public async ValueTask Placed(Order order) => await Task.Yield();
            }

            [EventBus.BroadcastEvent]
            public interface ICarelessEvents
            {
                void Connect();
                void Tagged(params string[] tags);
            }
            """);
        project.Write(".editorconfig", """
            root = true

            [*.cs]
            dotnet_diagnostic.EVB1007.severity = warning
            """);

        var build = await project.BuildAsync();

        Assert.Equal(1, build.ExitCode);
        Assert.Contains("warning EVB1007: ", build.Output, StringComparison.Ordinal);
        Assert.Contains("error EVB1005: ", build.Output, StringComparison.Ordinal);
        Assert.Contains("Careless.cs(11,", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_fixes_mend_what_its_rules_find()
    {
        using var project = ConsumerProject.Create(packed);
        project.Write("IOrderEvents.cs", project.Read("IOrderEvents.cs").Replace("ValueTask Placed(Order order);", "ValueTask Placed(Order order);\n    void Tagged(in int number, params string[] tags);", StringComparison.Ordinal));
        project.Write("OrderHandler.cs", project.Read("OrderHandler.cs").Replace("    public ValueTask Placed", "    public void Tagged(in int number, string[] tags) { }\n\n    public ValueTask Placed", StringComparison.Ordinal));
        Assert.Contains("error EVB1005: ", (await project.BuildAsync()).Output, StringComparison.Ordinal);

        (await project.RunAsync("format", "analyzers", "--diagnostics", "EVB1005", "--severity", "error", "--no-restore")).Succeeded();

        Assert.Contains("    void Tagged(int number, string[] tags);", project.Read("IOrderEvents.cs"), StringComparison.Ordinal);
        Assert.Contains("    public void Tagged(int number, string[] tags)", project.Read("OrderHandler.cs"), StringComparison.Ordinal);
        (await project.BuildAsync()).Succeeded();
    }

    [Fact]
    public async Task A_project_that_asks_for_TypeScript_has_it_after_the_build_and_anew_when_a_contract_changes()
    {
        using var project = ConsumerProject.Create(packed);
        const string Asked = "EventBusTypeScriptOutput=web/contracts.d.ts";

        Assert.Contains("EventBus wrote web/contracts.d.ts", (await project.BuildAsync(Asked)).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("  placed: (order: Order) => void;\n", project.Read("web/contracts.d.ts"), StringComparison.Ordinal);
        Assert.Contains("export interface Order {\n  id: Guid;\n  articles: string[];\n  total: NumberText;\n}\n", project.Read("web/contracts.d.ts"), StringComparison.Ordinal);

        // What is compiled is new, the TypeScript is not.
        var written = project.Written("web/contracts.d.ts");
        project.Write("OrderHandler.cs", project.Read("OrderHandler.cs") + "\n");
        (await project.BuildAsync(Asked)).Succeeded();
        Assert.Equal(written, project.Written("web/contracts.d.ts"));

        project.Write("IOrderEvents.cs", project.Read("IOrderEvents.cs").Replace("decimal Total", "decimal Total, bool IsPaid = true", StringComparison.Ordinal));
        (await project.BuildAsync(Asked)).Succeeded();
        Assert.Contains("  isPaid: boolean;\n", project.Read("web/contracts.d.ts"), StringComparison.Ordinal);

        var misnamed = await project.BuildAsync("EventBusTypeScriptOutput=web/contracts.ts");
        Assert.Equal(1, misnamed.ExitCode);
        Assert.Contains("EventBusTypeScriptOutput is 'web/contracts.ts'; it must be the name of a file that ends in '.d.ts'.", misnamed.Output, StringComparison.Ordinal);
    }
}
