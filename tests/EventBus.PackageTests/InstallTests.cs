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
}
