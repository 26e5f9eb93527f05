namespace EventBus.Testing.Tests;

public sealed class ServerProgramsTests : IDisposable
{
    // The user that runs the server must be able to read it, so it is not one of Directory.CreateTempSubdirectory.
    private readonly DirectoryInfo _directory =
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"eventbus-programs-{Guid.NewGuid():N}"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task FindAsync_takes_the_named_directory_before_installed_programs()
    {
        var installed = await ServerPrograms.FindAsync(named: null, Cancellation);
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
            File.CreateSymbolicLink(Path.Combine(_directory.FullName, program), installed!.Path(program));

        var named = await ServerPrograms.FindAsync(_directory.FullName, Cancellation);

        Assert.Equal(_directory.FullName, named!.Directory);
        Assert.NotEqual(installed!.Directory, named.Directory);
        await using var server = new PostgresServer(await InstalledServer.CreateAsync(named, new(), Cancellation));
        await using var source = server.CreateDataSource();
        await using var command = source.CreateCommand("SELECT 7");
        Assert.Equal(7, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task FindAsync_throws_if_the_named_directory_lacks_a_program()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "initdb"), "", Cancellation);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerPrograms.FindAsync(_directory.FullName, Cancellation));

        Assert.Equal(
            $"EVENTBUS_POSTGRES_BIN is '{_directory.FullName}', but initdb, pg_ctl and postgres are not all in that directory.",
            exception.Message);
    }
}
