namespace EventBus.Tests.Namespaces;

/// <summary>A contract for tests, whose handlers are told where events come from and when the bus stops.</summary>
[BroadcastEvent]
public interface INoteEvents
{
    ValueTask Noted(string text, EventContext context, CancellationToken cancellationToken);

    ValueTask<string> WhoAsks(EventContext context);
}
