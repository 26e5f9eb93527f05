using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>Acknowledges votes with a number of the test, and adds each received event to the inbox first.</summary>
internal sealed class PollHandler(Func<int> vote) : IPollEvents
{
    public PollHandler(int vote)
        : this(() => vote)
    {
    }

    /// <summary>The ack of an echo; if empty, the text itself.</summary>
    public string Echoed { private get; init; } = "";

    public Inbox<string> Inbox { get; } = new();

    public void Opened(string question) => Inbox.Add($"opened {question}");

    public async ValueTask<int> Vote(string question)
    {
        Inbox.Add($"vote {question}");
        await Task.Yield();
        return vote();
    }

    public Task<PickyPoint?> Point() => Task.FromResult<PickyPoint?>(new PickyPoint(vote()));

    public ValueTask<ReadOnlyMemory<byte>> Photo(int bytes) => new(new byte[bytes]);

    public ValueTask<string> Echo(string text) => new(Echoed is "" ? text : Echoed);
}
