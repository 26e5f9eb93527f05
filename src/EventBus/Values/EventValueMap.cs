using System.Runtime.InteropServices;

namespace EventBus;

/// <summary>The members of a map in their order, each key once. Large maps have an index.</summary>
internal sealed class EventValueMap
{
    // Up to this size a scan is as quick as an index.
    private const int MaxWithoutIndex = 8;

    private readonly Dictionary<string, int>? _index;

    private EventValueMap(KeyValuePair<string, EventValue>[] members, Dictionary<string, int>? index)
    {
        Members = members;
        _index = index;
    }

    public static EventValueMap Empty { get; } = new([], null);

    public KeyValuePair<string, EventValue>[] Members { get; }

    /// <summary>Copies the members. If a key occurs twice, the last value takes the place of the first.</summary>
    public static EventValueMap Of(ReadOnlySpan<KeyValuePair<string, EventValue>> members)
    {
        if (members.IsEmpty)
            return Empty;
        var index = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        var distinct = new List<KeyValuePair<string, EventValue>>(members.Length);
        foreach (var member in members)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(
                index, member.Key ?? throw new ArgumentException("A key of the map is null."), out var isKnown);
            if (isKnown)
            {
                distinct[place] = member;
                continue;
            }

            place = distinct.Count;
            distinct.Add(member);
        }

        return new EventValueMap([.. distinct], distinct.Count > MaxWithoutIndex ? index : null);
    }

    public bool TryGet(string key, out EventValue value)
    {
        var place = _index is null
            ? Array.FindIndex(Members, member => string.Equals(member.Key, key, StringComparison.Ordinal))
            : _index.GetValueOrDefault(key, -1);
        value = place < 0 ? default : Members[place].Value;
        return place >= 0;
    }
}
