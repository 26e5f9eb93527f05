namespace EventBus.PackageTests;

/// <summary>A new project outside this repository that installs the package from the folder it was packed into.</summary>
internal sealed class ConsumerProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventbus-consumer-");

    private ConsumerProject()
    {
    }

    public static ConsumerProject Create(PackedFixture packed)
    {
        var project = new ConsumerProject();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Metadata.Root, "tests", "EventBus.PackageTests", "Consumer")))
            File.Copy(file, project.PathOf(Path.GetFileName(file)));

        // A source is added to those of the machine. Packages that the machine has are not downloaded again.
        project.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{packed.Source}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{Metadata.PackageFolder}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        var version = $"<EventBusVersion>{packed.Version}</EventBusVersion>";
        project.Write("Directory.Build.props", $"<Project><PropertyGroup>{version}</PropertyGroup></Project>");
        return project;
    }

    /// <summary>Writes a file, also in a folder that does not exist yet.</summary>
    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Replaces text that must be in the file.</summary>
    public void Replace(string file, string old, string replacement)
    {
        Assert.Contains(old, Read(file), StringComparison.Ordinal);
        Write(file, Read(file).Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Adds a reference to another package.</summary>
    public void AddPackage(string id, string version) => Replace(
        "Consumer.csproj",
        "</Project>",
        $"  <ItemGroup><PackageReference Include=\"{id}\" Version=\"{version}\" /></ItemGroup>\n</Project>");

    public void Rename(string file, string name) => File.Move(PathOf(file), PathOf(name));

    /// <summary>Makes the project one of another language, with a single source file.</summary>
    public void UseLanguage(string extension, string file, string text)
    {
        foreach (var source in Directory.EnumerateFiles(_folder.FullName, "*.cs"))
            File.Delete(source);
        Rename("Consumer.csproj", $"Consumer.{extension}");
        Write(file, text);
        if (extension == "fsproj") // Its files are compiled in the order of the project.
            Replace("Consumer.fsproj", "<ItemGroup>", $"<ItemGroup>\n    <Compile Include=\"{file}\" />");
    }

    public bool Has(string file) => File.Exists(PathOf(file));

    /// <summary>The names of the files that match a pattern, in all folders with a name.</summary>
    public IEnumerable<string> Find(string pattern, string folder) =>
        from found in Directory.EnumerateDirectories(_folder.FullName, folder, SearchOption.AllDirectories)
        from file in Directory.EnumerateFiles(found, pattern)
        select Path.GetFileName(file);

    public DateTime Written(string file) => File.GetLastWriteTimeUtc(PathOf(file));

    public Task<DotNet.Outcome> RunAsync(params IEnumerable<string> arguments) =>
        DotNet.RunAsync(_folder.FullName, PathOf("restored"), arguments);

    public Task<DotNet.Outcome> BuildAsync(params IEnumerable<string> properties) =>
        RunAsync(["build", "--nologo", .. properties.Select(static property => $"-p:{property}")]);

    /// <summary>Applies the code fixes of a rule.</summary>
    public Task<DotNet.Outcome> FormatAsync(string rule, string severity) =>
        RunAsync("format", "analyzers", "--diagnostics", rule, "--severity", severity, "--no-restore");

    public Task<DotNet.Outcome> ShipAsync() => RunAsync("build", "--nologo", "-t:EventBusShipContracts");

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
