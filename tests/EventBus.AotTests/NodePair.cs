namespace EventBus.AotTests;

/// <summary>A node for each form, over PostgreSQL.</summary>
internal sealed class NodePair : IAsyncDisposable
{
    private readonly Node[] _nodes;

    private NodePair(Node[] nodes) => _nodes = nodes;

    public static async Task<NodePair> StartAsync(Backplane backplane, string name) => new(
    [
        await Node.StartAsync(backplane, name, Form.Inline),
        await Node.StartAsync(backplane, name, Form.Attached),
    ]);

    /// <inheritdoc cref="Node.PlayAsync"/>
    public async Task<IReadOnlyList<string>> PlayAsync(string peer, string title, Report report)
    {
        IReadOnlyList<string> called = [];
        foreach (var node in _nodes)
            called = await node.PlayAsync(peer, title, report);
        return called;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }
}
