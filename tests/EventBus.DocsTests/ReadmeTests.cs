using System.Diagnostics;
using EventBus.DocsTests.Blocks;
using EventBus.DocsTests.Pages;
using EventBus.Hosting;

namespace EventBus.DocsTests;

/// <summary>The README fits one screen, and its program prints what the README shows.</summary>
public sealed class ReadmeTests(PostgresFixture postgres)
{
    private const int MaxLines = 80;
    private const int MaxProgramLines = 25;

    private static readonly Page Readme = Page.Named("README.md");

    private static CodeBlock Program => Assert.Single(Readme.Blocks, static block => block.Language == "csharp");

    private static CodeBlock Output => Assert.Single(Readme.Blocks, static block => block.Language == "text");

    [Fact]
    public void Readme_fits_one_screen()
    {
        Assert.InRange(Readme.Lines.Count, 1, MaxLines);
        Assert.InRange(Program.Code.Split('\n').Length, 1, MaxProgramLines);
        Assert.Empty(Program.Preambles);
    }

    /// <summary>Two processes: each of them prints the lines of both.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Program_prints_the_output_of_the_readme()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var path = Path.Combine(AppContext.BaseDirectory, "Readme.dll");
        await using (var assembly = File.Create(path))
            Assert.True(BlockCompiler.Compile(Program).Emit(assembly, cancellationToken: cancellationToken).Success);

        await using var bus = await EventBusNode.StartAsync(postgres.ConnectionString, cancellationToken: cancellationToken);
        using var ann = Start(path, "ann");
        using var bob = Start(path, "bob");
        try
        {
            // An event reaches the processes that listen: wait until both do.
            while ((await bus.Of().To("lobby").FetchSocketsAsync(cancellationToken: cancellationToken)).Sockets.Count < 2)
                Assert.False(ann.HasExited || bob.HasExited, "The program has ended early.");

            List<string> printedByAnn = [], printedByBob = [];
            foreach (var line in Output.Code.Split('\n'))
            {
                var (user, text) = line.Split(": ") is [var name, var rest] ? (name, rest) : throw new InvalidDataException(line);
                await (user == "ann" ? ann : bob).StandardInput.WriteLineAsync(text.AsMemory(), cancellationToken);
                printedByAnn.Add(await ReadAsync(ann, cancellationToken));
                printedByBob.Add(await ReadAsync(bob, cancellationToken));
            }

            Assert.Equal(Output.Code.Split('\n'), printedByAnn);
            Assert.Equal(Output.Code.Split('\n'), printedByBob);
            ann.StandardInput.Close();
            bob.StandardInput.Close();
            Assert.Empty(await ann.StandardOutput.ReadToEndAsync(cancellationToken));
            Assert.Empty(await bob.StandardOutput.ReadToEndAsync(cancellationToken));
            await Task.WhenAll(ann.WaitForExitAsync(cancellationToken), bob.WaitForExitAsync(cancellationToken));
            Assert.Equal((0, 0), (ann.ExitCode, bob.ExitCode));
        }
        finally
        {
            Kill(ann);
            Kill(bob);
        }
    }

    private static async Task<string> ReadAsync(Process process, CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException("The program has ended early.");

    // It runs on the packages of this project, which lie beside it.
    private Process Start(string path, string user)
    {
        var settings = Path.Combine(AppContext.BaseDirectory, typeof(ReadmeTests).Assembly.GetName().Name!);
        string[] host = ["exec", "--runtimeconfig", $"{settings}.runtimeconfig.json", "--depsfile", $"{settings}.deps.json"];
        return Process.Start(new ProcessStartInfo("dotnet", [.. host, path, postgres.ConnectionString, user])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill();
    }
}
