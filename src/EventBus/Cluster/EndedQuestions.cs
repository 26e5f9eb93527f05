namespace EventBus.Cluster;

/// <summary>The ids of the questions that ended last: what answers one of them is late, and what answers none is likely another node's, for every node hears all answers. Bounded. Guarded by its owner.</summary>
internal sealed class EndedQuestions(int capacity)
{
    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public bool Contains(string id) => _ids.Contains(id);

    public void Add(string id)
    {
        if (!_ids.Add(id))
            return;
        _order.Enqueue(id);
        if (_order.Count > capacity)
            _ids.Remove(_order.Dequeue());
    }
}
