global using EventBus;
global using EventBus.Hosting;
global using Npgsql;
global using Preamble;
global using static Preamble.Variables;

namespace Preamble;

[BroadcastEvent]
public interface IChatEvents
{
    void Ping(DateTimeOffset at);
    ValueTask Message(string user, string text);
    ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg);
    ValueTask<int> Vote(string question);
}

public sealed class ChatHandler : IChatEvents
{
    public void Ping(DateTimeOffset at) { }
    public ValueTask Message(string user, string text) => default;
    public ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg) => default;
    public ValueTask<int> Vote(string question) => new(1);
}

/// <summary>The variables that pages use without declaring them again.</summary>
public static class Variables
{
    public static readonly string connectionString = null!;
    public static readonly NpgsqlDataSource dataSource = null!;
    public static readonly NpgsqlTransaction transaction = null!;
    public static readonly IEventBus bus = null!;
    public static readonly EventBusPublisher publisher = null!;
    public static readonly Emitter<IChatEvents> emitter = null!;
    public static readonly string user = null!;
    public static string text = null!;
    public static readonly string order = null!;
}
