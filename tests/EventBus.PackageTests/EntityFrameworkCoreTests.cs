using System.Text;

namespace EventBus.PackageTests;

/// <summary>The package that sends events with <c>SaveChanges</c>.</summary>
public sealed class EntityFrameworkCoreTests(PackedFixture packed)
{
    [Fact]
    public void Package_contains_the_library_and_its_own_readme()
    {
        string[] files =
        [
            "EventBus.EntityFrameworkCore.nuspec", "README.md", "lib/net10.0/EventBus.EntityFrameworkCore.dll",
            "lib/net10.0/EventBus.EntityFrameworkCore.xml",
        ];

        Assert.Equal(files, packed.EntityFrameworkCorePackage.Names);
        var readme = Encoding.UTF8.GetString(packed.EntityFrameworkCorePackage.Read("README.md"));
        Assert.StartsWith("# EventBus.EntityFrameworkCore", readme.TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    [Fact]
    public void Package_depends_on_the_same_version_of_EventBus_and_on_the_lowest_EF_Core() => Assert.Equal(
        [$"EventBus.Postgres {packed.Version}", "Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0"],
        packed.EntityFrameworkCorePackage.ReadNuspec().Descendants("dependency")
            .OrderBy(static dependency => dependency.Attribute("id")!.Value, StringComparer.Ordinal)
            .Select(static dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}"));

    [Fact]
    public async Task Package_raises_events_and_creates_the_table_in_a_new_project()
    {
        using var project = ConsumerProject.Create(packed);
        project.Replace("Consumer.csproj", "Include=\"EventBus.Postgres\"", "Include=\"EventBus.EntityFrameworkCore\"");
        project.Write("Program.cs", """
            using EventBus.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore;
            using Shop;

            await using var db = new ShopContext();
            db.Raise<IOrderEvents>(orders => orders.To("shop").Placed(new Order(Guid.Empty, ["tea"], 3.50m)));
            Console.WriteLine(db.Database.GenerateCreateScript());

            internal sealed class ShopContext : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql("Host=nowhere").UseEventBus();

                protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseEventBus("events");
            }
            """);

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        var script = (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded();
        Assert.Contains("IF to_regclass('\"events\"') IS NULL THEN", script, StringComparison.Ordinal);
        Assert.Contains("CREATE INDEX ON \"events\" (created_at);", script, StringComparison.Ordinal);
    }
}
