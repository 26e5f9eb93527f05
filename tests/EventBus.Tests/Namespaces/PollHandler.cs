using EventBus.Tests.Testing;

namespace EventBus.Tests.Namespaces;

/// <summary>Votes as it is told, and puts what it hears into the inbox before it answers.</summary>
internal sealed class PollHandler(Func<int> vote) : IPollEvents
{
    public PollHandler(int vote)
        : this(() => vote)
    {
    }

    /// <summary>What is echoed in place of the text, if anything.</summary>
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
