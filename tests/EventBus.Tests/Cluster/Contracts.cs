using System.Text.Json;

namespace EventBus.Tests.Cluster;

/// <summary>Events without acks.</summary>
[BroadcastEvent]
public interface IGameEvents
{
    void Score(string player, int points);

    ValueTask Say(string text = "hello");

    Task Picture(ReadOnlyMemory<byte> bytes);
}

/// <summary>An event with any JSON.</summary>
[BroadcastEvent]
public interface IStateEvents
{
    ValueTask Changed(JsonElement state, string note);
}

/// <summary>The same event name as in <see cref="IGameEvents"/> with other arguments.</summary>
[BroadcastEvent]
public interface ITeamEvents
{
    void Score(List<int> points);

    void Move(PickyPoint point);
}

/// <summary>Events in a namespace of their own.</summary>
[BroadcastEvent(Namespace = "/lobby")]
public interface ILobbyEvents
{
    [EventName("door-opened")]
    void Opened(Guid door);
}

/// <summary>Events whose handlers receive their context and a token.</summary>
[BroadcastEvent]
public interface INoteEvents
{
    ValueTask Noted(string text, EventContext context, CancellationToken cancellationToken);

    ValueTask<string> Describe(EventContext context);
}

/// <summary>Events with acks.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    void Opened(string question);

    ValueTask<int> Vote(string question);

    Task<PickyPoint?> Point();

    ValueTask<ReadOnlyMemory<byte>> Photo(int bytes);

    ValueTask<string> Echo(string text);
}

/// <summary>Events with acks, in a namespace that can be left.</summary>
[BroadcastEvent(Namespace = "/ballot")]
public interface IBallotEvents
{
    void Opened(string question);

    ValueTask<int> Vote(string question);
}

/// <summary>An interface without generated code.</summary>
public interface IUnmarked
{
    void Nothing();
}

/// <summary>A payload whose constructor throws for negative numbers.</summary>
public sealed record PickyPoint
{
    public PickyPoint(int x) => X = x >= 0 ? x : throw new ArgumentOutOfRangeException(nameof(x));

    public int X { get; init; }
}

/// <summary>An event whose handler receives a token.</summary>
[BroadcastEvent]
public interface ITimedEvents
{
    ValueTask Wait(CancellationToken cancellationToken);
}
