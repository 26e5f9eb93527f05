namespace EventBus.PackageTests;

public sealed class InstallTests(PackedFixture packed)
{
    [Fact]
    public async Task Package_builds_and_runs_in_a_new_project()
    {
        using var project = ConsumerProject.Create(packed);

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        Assert.Equal("tea and milk: 3.50", (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim());
    }

    [Fact]
    public async Task Rules_are_errors_unless_the_project_changes_their_severity()
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
    public async Task Code_fixes_apply_by_dotnet_format()
    {
        using var project = ConsumerProject.Create(packed);
        const string Placed = "ValueTask Placed(Order order);";
        project.Replace("IOrderEvents.cs", Placed, $"{Placed}\n    void Tagged(in int number, params string[] tags);");
        const string Handler = "    public ValueTask Placed";
        project.Replace("OrderHandler.cs", Handler, $"    public void Tagged(in int number, string[] tags) {{ }}\n\n{Handler}");
        Assert.Contains("error EVB1005: ", (await project.BuildAsync()).Output, StringComparison.Ordinal);

        (await project.FormatAsync("EVB1005", "error")).Succeeded();

        Assert.Contains("    void Tagged(int number, string[] tags);", project.Read("IOrderEvents.cs"), StringComparison.Ordinal);
        Assert.Contains("    public void Tagged(int number, string[] tags)", project.Read("OrderHandler.cs"), StringComparison.Ordinal);
        (await project.BuildAsync()).Succeeded();
    }

    [Fact]
    public async Task TypeScript_is_written_again_only_if_a_contract_changes()
    {
        using var project = ConsumerProject.Create(packed);
        const string Output = "EventBusTypeScriptOutput=web/contracts.d.ts";

        Assert.Contains("EventBus wrote web/contracts.d.ts", (await project.BuildAsync(Output)).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("  placed: (order: Order) => void;\n", project.Read("web/contracts.d.ts"), StringComparison.Ordinal);
        const string Order = "export interface Order {\n  id: Guid;\n  articles: string[];\n  total: NumberText;\n}\n";
        Assert.Contains(Order, project.Read("web/contracts.d.ts"), StringComparison.Ordinal);

        // The C# changes, the contracts do not.
        var written = project.Written("web/contracts.d.ts");
        project.Write("OrderHandler.cs", project.Read("OrderHandler.cs") + "\n");
        (await project.BuildAsync(Output)).Succeeded();
        Assert.Equal(written, project.Written("web/contracts.d.ts"));

        project.Replace("IOrderEvents.cs", "decimal Total", "decimal Total, bool IsPaid = true");
        (await project.BuildAsync(Output)).Succeeded();
        Assert.Contains("  isPaid: boolean;\n", project.Read("web/contracts.d.ts"), StringComparison.Ordinal);

        var misnamed = await project.BuildAsync("EventBusTypeScriptOutput=web/contracts.ts");
        Assert.Equal(1, misnamed.ExitCode);
        Assert.Contains("EventBusTypeScriptOutput is 'web/contracts.ts'", misnamed.Output, StringComparison.Ordinal);
    }
}
