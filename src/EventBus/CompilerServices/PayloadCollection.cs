using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace EventBus.CompilerServices;

/// <summary>
/// Fills the collections of a payload that nothing can set: the items that were read are added to the collection that the constructor has
/// made, after its own items. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadCollection
{
    /// <summary>Adds items in their order. A set takes equal items once.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="items">The items; null if null was read.</param>
    /// <param name="member">The name of the member on the wire.</param>
    /// <param name="type">The type that has the member.</param>
    /// <param name="position">The position of the first byte of the object.</param>
    /// <exception cref="EventSerializationException">
    /// There is no collection, it is read-only, or null was read although there is a collection.
    /// </exception>
    public static void Fill<T>(ICollection<T>? collection, List<T>? items, string member, string type, int position)
    {
        if (IsNull(collection, items, member, type, position))
            return;
        if (collection.IsReadOnly)
            throw ReadOnly(member, type, position);
        if (collection is List<T> list)
        {
            list.AddRange(items);
            return;
        }

        foreach (var item in items)
            collection.Add(item);
    }

    /// <summary>Adds items at the tail, in their order.</summary>
    /// <inheritdoc cref="Fill{T}(ICollection{T}, List{T}, string, string, int)"/>
    public static void Fill<T>(Queue<T>? collection, List<T>? items, string member, string type, int position)
    {
        if (IsNull(collection, items, member, type, position))
            return;
        foreach (var item in items)
            collection.Enqueue(item);
    }

    /// <summary>Puts items on top of the stack. The first item becomes the top.</summary>
    /// <inheritdoc cref="Fill{T}(ICollection{T}, List{T}, string, string, int)"/>
    public static void Fill<T>(Stack<T>? collection, List<T>? items, string member, string type, int position)
    {
        if (IsNull(collection, items, member, type, position))
            return;
        for (var index = items.Count - 1; index >= 0; index--)
            collection.Push(items[index]);
    }

    /// <summary>Adds pairs. A pair whose key is there replaces the value.</summary>
    /// <inheritdoc cref="Fill{T}(ICollection{T}, List{T}, string, string, int)"/>
    public static void Fill<TKey, TValue>(
        IDictionary<TKey, TValue>? collection, Dictionary<TKey, TValue>? items, string member, string type, int position)
        where TKey : notnull
    {
        if (IsNull(collection, items, member, type, position))
            return;
        if (collection.IsReadOnly)
            throw ReadOnly(member, type, position);

        // A sorted list moves all later pairs for each pair that is inserted. In ascending order there are none.
        IEnumerable<KeyValuePair<TKey, TValue>> pairs = collection is SortedList<TKey, TValue> sorted
            ? items.OrderBy(static pair => pair.Key, sorted.Comparer)
            : items;
        foreach (var (key, value) in pairs)
            collection[key] = value;
    }

    /// <summary>Adds pairs in their order. A pair whose key is there replaces the value, and stays in its place.</summary>
    /// <inheritdoc cref="Fill{T}(ICollection{T}, List{T}, string, string, int)"/>
    public static void Fill<TKey, TValue>(
        OrderedDictionary<TKey, TValue>? collection, OrderedDictionary<TKey, TValue>? items, string member, string type, int position)
        where TKey : notnull
    {
        if (IsNull(collection, items, member, type, position))
            return;
        foreach (var (key, value) in items)
            collection[key] = value;
    }

    // Null is the value of a collection only if the constructor has made none.
    private static bool IsNull(
        [NotNullWhen(false)] object? collection, [NotNullWhen(false)] object? items, string member, string type, int position)
    {
        if (items is null && collection is not null)
            throw Error($"The member '{member}' of '{type}' is null, but nothing can set it to null.", member, position);
        if (items is not null && collection is null)
            throw Error($"The constructor of '{type}' makes no collection for the member '{member}'.", member, position);
        return items is null;
    }

    private static EventSerializationException ReadOnly(string member, string type, int position) =>
        Error($"The constructor of '{type}' makes a read-only collection for the member '{member}'.", member, position);

    private static EventSerializationException Error(string message, string member, int position) =>
        new(message, position) { Member = member };
}
