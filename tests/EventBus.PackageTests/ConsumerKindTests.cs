namespace EventBus.PackageTests;

/// <summary>The package in projects of other kinds than the usual one.</summary>
public sealed class ConsumerKindTests(PackedFixture packed)
{
    [Fact]
    public async Task Program_of_a_single_file_declares_and_sends_events()
    {
        using var project = ConsumerProject.Create(packed);
        project.Write("single.cs", $$"""
            #:package EventBus.Postgres@{{packed.Version}}
            using EventBus;
            using EventBus.Hosting;

            await using var bus = await EventBusNode.StartAsync(new InMemoryCluster());
            var handler = new Handler();
            await bus.AddHandlerAsync<IGreetings>(handler);
            await bus.Emitter<IGreetings>().Hello("file");
            Console.WriteLine(await handler.Greeted.Task);

            [BroadcastEvent]
            public interface IGreetings
            {
                void Hello(string name);
            }

            public sealed class Handler : IGreetings
            {
                public TaskCompletionSource<string> Greeted { get; } = new();

                public void Hello(string name) => Greeted.SetResult($"hello, {name}");
            }
            """);

        var output = (await project.RunAsync("run", "--file", "single.cs")).Succeeded();

        Assert.Equal("hello, file", output.Trim());
    }

    [Fact]
    public async Task Visual_Basic_project_publishes_by_name()
    {
        using var project = ConsumerProject.Create(packed);
        project.UseLanguage("vbproj", "Program.vb", """
            Imports EventBus
            Imports EventBus.Hosting

            Module Program
                Sub Main()
                    RunAsync().GetAwaiter().GetResult()
                End Sub

                Private Async Function RunAsync() As Task
                    Dim publisher = EventBusPublisher.Create(New InMemoryCluster())
                    Await publisher.Of().To("room").EmitAsync("ping", New EventValue() {"basic"})
                    Await publisher.DisposeAsync()
                    Console.WriteLine("published")
                End Function
            End Module
            """);

        await AssertPublishesAsync(project);
    }

    [Fact]
    public async Task FSharp_project_publishes_by_name()
    {
        using var project = ConsumerProject.Create(packed);
        project.UseLanguage("fsproj", "Program.fs", """
            open System
            open EventBus
            open EventBus.Hosting

            task {
                use publisher = EventBusPublisher.Create(InMemoryCluster())
                do! publisher.Of().To("room").EmitAsync("ping", ReadOnlyMemory [| EventValue.op_Implicit "functional" |])
                printfn "published"
            }
            |> fun work -> work.GetAwaiter().GetResult()
            """);

        await AssertPublishesAsync(project);
    }

    [Fact]
    public async Task Project_with_several_frameworks_uses_the_package_for_one_of_them()
    {
        using var project = ConsumerProject.Create(packed);
        project.Replace("Consumer.csproj", "<OutputType>Exe</OutputType>", "<LangVersion>13</LangVersion>");
        project.Replace(
            "Consumer.csproj",
            "<TargetFramework>net10.0</TargetFramework>",
            "<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>");
        project.Replace("Consumer.csproj", "<ItemGroup>", "<ItemGroup Condition=\"'$(TargetFramework)' == 'net10.0'\">");
        project.Write("Other.cs", "namespace Shop;\n\npublic sealed class Other;\n");
        foreach (var file in new[] { "Program.cs", "IOrderEvents.cs", "OrderHandler.cs" })
            project.Write(file, file == "Program.cs" ? "" : $"#if NET\n{project.Read(file)}\n#endif\n");

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        Assert.True(project.Has("bin/Debug/net10.0/Consumer.dll"));
        Assert.True(project.Has("bin/Debug/netstandard2.0/Consumer.dll"));
    }

    [Fact]
    public async Task Project_with_central_package_versions_builds()
    {
        using var project = ConsumerProject.Create(packed);
        project.Replace("Consumer.csproj", " Version=\"$(EventBusVersion)\"", "");
        project.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="EventBus.Postgres" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);

        Assert.Contains("0 Warning(s)", (await project.BuildAsync()).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_named_EventBus_restores_and_is_told_to_change_the_name_of_its_assembly()
    {
        using var project = ConsumerProject.Create(packed);
        project.Rename("Consumer.csproj", "EventBus.csproj");

        var build = await project.BuildAsync();

        Assert.Equal(1, build.ExitCode);
        Assert.DoesNotContain("NU1108", build.Output, StringComparison.Ordinal);
        Assert.Contains("error : The assembly of this project is named EventBus", build.Output, StringComparison.Ordinal);
        (await project.BuildAsync("AssemblyName=Shop")).Succeeded();
    }

    private static async Task AssertPublishesAsync(ConsumerProject project)
    {
        Assert.Contains("0 Warning(s)", (await project.BuildAsync()).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("published", (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim());
    }
}
