namespace EventBus.Testing;

/// <summary>Finds PostgreSQL's server programs, and the unprivileged user to run them as.</summary>
internal sealed record ServerPrograms(string Directory, IReadOnlyList<string> RunAs)
{
    private const string ServerUser = "postgres";

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <param name="named">The value of <see cref="PostgresServer.ProgramsVariable"/>, if it is set.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The programs in the named directory, else the newest installed ones, else null.</returns>
    /// <exception cref="InvalidOperationException">The named directory does not have the programs, or no user can run them.</exception>
    public static async Task<ServerPrograms?> FindAsync(string? named, CancellationToken cancellationToken)
    {
        if (named is { Length: > 0 } && !HasPrograms(named))
        {
            throw new InvalidOperationException(
                $"{PostgresServer.ProgramsVariable} is '{named}', but initdb, pg_ctl and postgres are not all in that directory.");
        }

        var directory = named is { Length: > 0 } ? named : await InstalledAsync(cancellationToken).ConfigureAwait(false);
        return directory is null ? null : new(directory, await FindRunAsAsync(cancellationToken).ConfigureAwait(false));
    }

    public string Path(string program) => System.IO.Path.Combine(Directory, program);

    private static async Task<string?> InstalledAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.TryRunAsync(["pg_config", "--bindir"], cancellationToken).ConfigureAwait(false);
        return Candidates(exitCode == 0 ? output.Trim() : null).FirstOrDefault(HasPrograms);
    }

    private static IEnumerable<string> Candidates(string? configured)
    {
        if (configured is not null)
            yield return configured;

        const string debian = "/usr/lib/postgresql";
        if (System.IO.Directory.Exists(debian))
        {
            var versions = System.IO.Directory.GetDirectories(debian);
            foreach (var version in versions.OrderByDescending(static path => path, StringComparer.Ordinal))
                yield return System.IO.Path.Combine(version, "bin");
        }

        var paths = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var path in paths.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return path;
    }

    private static bool HasPrograms(string directory) =>
        Needed.All(program => File.Exists(System.IO.Path.Combine(directory, program)));

    /// <summary>PostgreSQL refuses to run as root: then it runs as the user that its package creates.</summary>
    private static async Task<IReadOnlyList<string>> FindRunAsAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return [];

        string[][] ways =
        [
            ["setpriv", $"--reuid={ServerUser}", $"--regid={ServerUser}", "--clear-groups", "--"],
            ["runuser", "-u", ServerUser, "--"],
            ["su", ServerUser, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--"],
        ];
        foreach (var way in ways)
        {
            var (exitCode, _) = await Command.TryRunAsync([.. way, "true"], cancellationToken).ConfigureAwait(false);
            if (exitCode == 0)
                return way;
        }

        throw new InvalidOperationException(
            $"PostgreSQL does not run as root, and there is no user '{ServerUser}' to run it as: "
            + "create that user, or run the tests as another user.");
    }
}
