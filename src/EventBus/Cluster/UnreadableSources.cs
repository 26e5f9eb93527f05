using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>
/// Finds sources of which no attachment can be read: they probably store them in another table than this node reads. If one was read, the
/// tables are the same, and later losses have other causes. Not thread-safe: the pump calls it.
/// </summary>
/// <param name="table">The attachment table of this node.</param>
/// <param name="diagnostics">Logs and reports.</param>
internal sealed class UnreadableSources(string table, BusDiagnostics diagnostics)
{
    /// <summary>The number of lost attachments that makes a source suspicious if no attachment of it was read.</summary>
    public const int Suspicious = 3;

    /// <summary>The most sources that are remembered, because any role of the database can forge them.</summary>
    public const int MaxSources = 1_024;

    private const int Proven = -1;

    private readonly Dictionary<string, int> _lost = new(StringComparer.Ordinal);

    /// <summary>The number of remembered sources.</summary>
    public int Count => _lost.Count;

    /// <summary>An attachment of a source was read.</summary>
    /// <param name="source">The source; null for all Socket.IO servers.</param>
    public void Read(string? source) => Set(source ?? "", Proven);

    /// <summary>An attachment of a source is lost.</summary>
    /// <param name="source">The source; null for all Socket.IO servers.</param>
    public void Lost(string? source)
    {
        var lost = _lost.GetValueOrDefault(source ?? "");
        if (lost == Proven)
            return;
        Set(source ?? "", lost + 1);
        if (lost + 1 == Suspicious)
            diagnostics.Rejections.UnreadableSource(source ?? "(Socket.IO servers)", Suspicious, table);
    }

    private void Set(string source, int lost)
    {
        if (_lost.Count >= MaxSources && !_lost.ContainsKey(source))
            _lost.Clear();
        _lost[source] = lost;
    }
}
