using System.Threading;

namespace Chat;

[BroadcastEvent]
public interface INoteEvents
{
    void Noted(EventContext context, string text);

    ValueTask Saved(string text, CancellationToken stop = default);

    ValueTask<int> Counted(string target, CancellationToken value, EventContext handler);
}
