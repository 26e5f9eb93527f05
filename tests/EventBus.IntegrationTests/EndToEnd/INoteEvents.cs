namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>A contract for tests, with an event whose handlers receive its <see cref="EventContext"/>.</summary>
[BroadcastEvent]
public interface INoteEvents
{
    ValueTask Noted(ReadOnlyMemory<byte>? image, EventContext context, CancellationToken cancellationToken);
}
