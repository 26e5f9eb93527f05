namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>A contract for tests, whose handlers are told where events come from.</summary>
[BroadcastEvent]
public interface INoteEvents
{
    ValueTask Noted(ReadOnlyMemory<byte>? image, EventContext context, CancellationToken cancellationToken);
}
