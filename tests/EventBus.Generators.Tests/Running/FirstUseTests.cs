using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EventBus.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Running;

/// <summary>
/// An assembly defines a contract when the program first uses it. The emitted code of these tests counts: each event and each contract
/// that it defines adds its name to a list.
/// </summary>
public sealed partial class FirstUseTests
{
    private const int Contracts = 40;

    private const string Counting = """
        public static class Defined
        {
            public static readonly System.Collections.Concurrent.ConcurrentQueue<string> Names = new();
            public static string Add(string name) { Names.Enqueue(name); return name; }
        }
        """;

    [Fact]
    public void Nothing_is_defined_when_the_assembly_is_loaded()
    {
        var program = new Loaded(Contracts);

        program.RunInitializers();

        Assert.Empty(program.Defined);
    }

    [Fact]
    public void First_use_defines_one_contract_with_its_events()
    {
        var program = new Loaded(Contracts);

        var sizes = program.Use(17);
        program.Use(17);

        Assert.Equal(["ping17", "pong17"], sizes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["/n17", "ping17", "pong17"], program.Defined.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Contracts_of_two_assemblies_are_found_in_their_own()
    {
        var first = new Loaded(Contracts);
        var second = new Loaded(Contracts);

        first.Use(1);
        second.Use(2);

        Assert.Equal(["/n1", "ping1", "pong1"], first.Defined.Order(StringComparer.Ordinal));
        Assert.Equal(["/n2", "ping2", "pong2"], second.Defined.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Threads_that_use_a_contract_at_once_share_one_definition()
    {
        var program = new Loaded(Contracts);
        var found = new ConcurrentQueue<object>();
        using var barrier = new Barrier(4);

        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            barrier.SignalAndWait();
            found.Enqueue(program.Definition(3));
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        Assert.Equal(4, found.Count);
        Assert.Single(found.Distinct());
        Assert.Equal(["ping3", "pong3"], program.Defined.Where(static name => name[0] == 'p').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Interface_without_generated_code_has_no_definition()
    {
        var program = new Loaded(Contracts);

        var exception = Assert.Throws<InvalidOperationException>(() => program.Definition("INoContract"));

        Assert.StartsWith("No code was generated for 'INoContract'.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(program.Defined);
    }

    /// <summary>An assembly with many contracts, loaded into this process.</summary>
    private sealed partial class Loaded
    {
        private static int _assemblies;

        private readonly Assembly _assembly;

        public Loaded(int contracts)
        {
            var run = GeneratorRun.Of(GeneratorRun.Compile([.. Enumerable.Range(1, contracts).Select(Source), Counting])
                .WithAssemblyName($"FirstUse{Interlocked.Increment(ref _assemblies)}"));
            using var image = new MemoryStream();
            var emitted = WithCounts(run.Output).Emit(image, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
            _assembly = Assembly.Load(image.ToArray());
        }

        public IReadOnlyCollection<string> Defined =>
            (ConcurrentQueue<string>)_assembly.GetType("Defined", throwOnError: true)!.GetField("Names")!.GetValue(null)!;

        public void RunInitializers() => RuntimeHelpers.RunModuleConstructor(_assembly.ManifestModule.ModuleHandle);

        public IReadOnlyDictionary<string, EventSize> Use(int contract) => ((IContractDefinition)Definition(contract)).Sizes;

        public object Definition(int contract) => Definition($"ISubject{contract}Events");

        public object Definition(string contract)
        {
            var required = typeof(Contract<>).MakeGenericType(_assembly.GetType(contract, throwOnError: true)!)
                .GetProperty("Required", BindingFlags.Static | BindingFlags.NonPublic)!;
            return required.GetMethod!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }

        private static string Source(int number) =>
            $"[BroadcastEvent(Namespace = \"/n{number}\")] public interface ISubject{number}Events "
            + $"{{ void Ping{number}(DateTimeOffset at); Task<int> Pong{number}(string text); }}"
            + (number == 1 ? " public interface INoContract { void Ping(); }" : "");

        // The first argument of a definition is its name or bus namespace.
        private static Compilation WithCounts(Compilation compilation)
        {
            var counts = 0;
            foreach (var tree in compilation.SyntaxTrees)
            {
                if (!tree.FilePath.EndsWith("Events.g.cs", StringComparison.Ordinal))
                    continue;
                var text = Name().Replace(tree.ToString(), found =>
                {
                    counts++;
                    return $"{found.Groups["start"].Value}global::Defined.Add({found.Groups["name"].Value})";
                });
                compilation = compilation.ReplaceSyntaxTree(
                    tree, CSharpSyntaxTree.ParseText(text, GeneratorRun.ParseOptions, tree.FilePath));
            }

            Assert.Equal(Contracts * 3, counts);
            return compilation;
        }

        [GeneratedRegex("""(?<start>(Event = new|Contract\.Define<[^>]*>)\(\s*)(?<name>"[^"]*")""")]
        private static partial Regex Name();
    }
}
