using System.Text;

namespace EventBus.PackageTests;

/// <summary>The package that gives the generated formatters to MessagePack-CSharp.</summary>
public sealed class MessagePackTests(PackedFixture packed)
{
    [Fact]
    public void Package_contains_the_library_and_its_own_readme()
    {
        string[] files =
        [
            "EventBus.MessagePack.nuspec", "README.md", "lib/net10.0/EventBus.MessagePack.dll", "lib/net10.0/EventBus.MessagePack.xml",
        ];

        Assert.Equal(files, packed.MessagePackPackage.Names);
        var readme = Encoding.UTF8.GetString(packed.MessagePackPackage.Read("README.md"));
        Assert.StartsWith("# EventBus.MessagePack", readme.TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    [Fact]
    public void Package_depends_on_the_same_version_of_EventBus_and_on_MessagePack() => Assert.Equal(
        [$"EventBus.Postgres {packed.Version}", "MessagePack 2.5.307"],
        packed.MessagePackPackage.ReadNuspec().Descendants("dependency")
            .OrderBy(static dependency => dependency.Attribute("id")!.Value, StringComparer.Ordinal)
            .Select(static dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}"));

    [Fact]
    public async Task Package_serializes_payloads_in_a_new_project()
    {
        using var project = ConsumerProject.Create(packed);
        project.Replace("Consumer.csproj", "Include=\"EventBus.Postgres\"", "Include=\"EventBus.MessagePack\"");
        project.Write("Program.cs", """
            using EventBus.MessagePack;
            using MessagePack;
            using Shop;

            var options = MessagePackSerializerOptions.Standard.WithResolver(EventBusResolver.Instance);
            var bytes = MessagePackSerializer.Serialize(new Order(Guid.Empty, ["tea", "milk"], 3.50m), options);
            var order = MessagePackSerializer.Deserialize<Order>(bytes, options);
            Console.WriteLine(MessagePackSerializer.ConvertToJson(bytes));
            Console.WriteLine(string.Join(" and ", order.Articles));
            """);

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        Assert.Equal(
            """
            {"id":"00000000-0000-0000-0000-000000000000","articles":["tea","milk"],"total":"3.50"}
            tea and milk
            """,
            (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim());
    }
}
