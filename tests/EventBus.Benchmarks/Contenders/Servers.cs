namespace EventBus.Benchmarks.Contenders;

/// <summary>The servers of the director, which its processes find in their environment.</summary>
internal static class Servers
{
    public const string PostgresVariable = "EVENTBUS_BENCHMARK_POSTGRES";
    public const string RedisVariable = "EVENTBUS_BENCHMARK_REDIS";
    public const string NatsVariable = "EVENTBUS_BENCHMARK_NATS";

    /// <summary>The role that the server trusts without a password, for the client that has nothing but a socket.</summary>
    public const string TrustedRole = "trusted";

    /// <summary>The Npgsql connection string.</summary>
    public static string Postgres => Read(PostgresVariable);

    /// <summary>The address of Redis, such as <c>127.0.0.1:6379</c>.</summary>
    public static string Redis => Read(RedisVariable);

    public static string Nats => Read(NatsVariable);

    private static string Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{variable} is not set: the director starts this process.");
}
