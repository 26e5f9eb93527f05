namespace EventBus.Testing;

/// <summary>Finds PostgreSQL's installed server programs, and the unprivileged user to run them as.</summary>
internal sealed record InstalledBinaries(string Directory, IReadOnlyList<string> RunAs)
{
    private const string ServerUser = "postgres";

    /// <returns>The newest installed server, or null where there is none.</returns>
    public static async Task<InstalledBinaries?> FindAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.TryRunAsync(["pg_config", "--bindir"], cancellationToken).ConfigureAwait(false);
        var directory = Candidates(exitCode == 0 ? output.Trim() : null).FirstOrDefault(IsServer);
        return directory is null ? null : new(directory, await FindRunAsAsync(cancellationToken).ConfigureAwait(false));
    }

    public string Path(string program) => System.IO.Path.Combine(Directory, program);

    private static IEnumerable<string> Candidates(string? configured)
    {
        if (configured is not null)
            yield return configured;

        const string debian = "/usr/lib/postgresql";
        if (System.IO.Directory.Exists(debian))
        {
            foreach (var version in System.IO.Directory.GetDirectories(debian).OrderByDescending(static path => path, StringComparer.Ordinal))
                yield return System.IO.Path.Combine(version, "bin");
        }

        foreach (var path in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return path;
    }

    private static bool IsServer(string directory) =>
        File.Exists(System.IO.Path.Combine(directory, "initdb")) && File.Exists(System.IO.Path.Combine(directory, "pg_ctl"))
        && File.Exists(System.IO.Path.Combine(directory, ServerUser));

    /// <summary>PostgreSQL refuses to run as root: then it runs as its package's user.</summary>
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
            $"PostgreSQL does not run as root, and there is no user '{ServerUser}' to run it as: create that user, or run the tests as another one.");
    }
}
