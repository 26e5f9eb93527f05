namespace EventBus.Serialization;

/// <summary>The place of a reader inside one array or map: what <see cref="IValueReader.MoveNext"/> needs to know of it.</summary>
public struct ValueCursor
{
    /// <summary>How many values or pairs are left; <see cref="UntilEnd"/> where the encoding tells only at the end (JSON).</summary>
    internal int Remaining;

    /// <summary><see cref="Remaining"/> of a collection whose end is a mark in the bytes.</summary>
    internal const int UntilEnd = -1;

    /// <summary><see cref="Remaining"/> of a collection that was left; <see cref="IValueReader.MoveNext"/> sets it when it answers false.</summary>
    internal const int Left = -2;

    /// <summary>Whether <see cref="IValueReader.MoveNext"/> has answered false: the collection was left and must not be asked again.</summary>
    public readonly bool Ended => Remaining == Left;
}
