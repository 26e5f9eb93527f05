using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>
/// Emitted formatters need C# 13. With an older version, EVB1027 is the only error of a project, if it passes rooms as C# 12 does.
/// </summary>
public sealed class LanguageVersionTests
{
    private static readonly string[] Sources =
    [
        """
        namespace Shop;
        [BroadcastEvent] public interface IShopEvents { void Placed(Order order, string? note = null); Task<Order> Find(int id); }
        public record Order(Guid Id, Line[] Lines);
        public record Line(int Article);
        """,
        """
        namespace Shop;
        internal sealed class Use : IShopEvents
        {
            public async Task<object?> It(Emitter<IShopEvents> emitter, Order order)
            {
                await emitter.To(new[] { "r1" }).Placed(order);
                _ = emitter.Post.Placed(order, "fragile");
                return await emitter.All.Find(1);
            }

            public void Placed(Order order, string? note) { }

            public Task<Order> Find(int id) => throw new NotSupportedException();
        }
        """,
    ];

    [Theory]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    public void Senders_only_throw_if_the_language_is_too_old(LanguageVersion version)
    {
        var run = GeneratorRun.Of(version, Sources);

        run.AssertClean();
        Assert.DoesNotContain("ModuleInitializer", Assert.Single(run.Files).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Emitted_code_is_complete_if_the_language_is_new_enough()
    {
        var run = GeneratorRun.Of(LanguageVersion.CSharp13, Sources);

        run.AssertClean();
        Assert.Equal(5, run.Files.Count);
    }

    /// <summary>The senders themselves need C# 10.</summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp9)]
    public void Nothing_is_emitted_without_file_scoped_namespaces(LanguageVersion version) =>
        Assert.Empty(GeneratorRun.Of(version, Sources[0]).Files);
}
