using System.ComponentModel;
using System.Drawing;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Vectors of two, as maps of <c>x</c> and <c>y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Vector2Formatter : IFormatter<Vector2>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Vector2 value)
        where TWriter : IValueWriter, allows ref struct
        => Coordinates<float, SingleFormatter>.Write(ref writer, [value.X, value.Y]);

    /// <inheritdoc/>
    public Vector2 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        Span<float> values = stackalloc float[2];
        Coordinates<float, SingleFormatter>.Read(ref reader, values, nameof(Vector2));
        return new Vector2(values);
    }
}

/// <summary>Vectors of three, as maps of <c>x</c>, <c>y</c> and <c>z</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Vector3Formatter : IFormatter<Vector3>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Vector3 value)
        where TWriter : IValueWriter, allows ref struct
        => Coordinates<float, SingleFormatter>.Write(ref writer, [value.X, value.Y, value.Z]);

    /// <inheritdoc/>
    public Vector3 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        Span<float> values = stackalloc float[3];
        Coordinates<float, SingleFormatter>.Read(ref reader, values, nameof(Vector3));
        return new Vector3(values);
    }
}

/// <summary>Vectors of four, as maps of <c>x</c>, <c>y</c>, <c>z</c> and <c>w</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Vector4Formatter : IFormatter<Vector4>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Vector4 value)
        where TWriter : IValueWriter, allows ref struct
        => Coordinates<float, SingleFormatter>.Write(ref writer, [value.X, value.Y, value.Z, value.W]);

    /// <inheritdoc/>
    public Vector4 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        Span<float> values = stackalloc float[4];
        Coordinates<float, SingleFormatter>.Read(ref reader, values, nameof(Vector4));
        return new Vector4(values);
    }
}

/// <summary>Points, as maps of <c>x</c> and <c>y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PointFormatter : IFormatter<Point>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Point value)
        where TWriter : IValueWriter, allows ref struct
        => Coordinates<int, Int32Formatter>.Write(ref writer, [value.X, value.Y]);

    /// <inheritdoc/>
    public Point Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        Span<int> values = stackalloc int[2];
        Coordinates<int, Int32Formatter>.Read(ref reader, values, nameof(Point));
        return new Point(values[0], values[1]);
    }
}

/// <summary>Two to four numbers as a map, with the names and rules of a payload's members.</summary>
internal static class Coordinates<T, TFormatter>
    where T : unmanaged
    where TFormatter : struct, IFormatter<T>
{
    private static ReadOnlySpan<byte> Names => "xyzw"u8;

    public static void Write<TWriter>(ref TWriter writer, scoped ReadOnlySpan<T> values)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            writer.WriteKey(Names.Slice(i, 1));
            default(TFormatter).Write(ref writer, in values[i]);
        }

        writer.EndMap();
    }

    public static void Read<TReader>(ref TReader reader, scoped Span<T> values, string type)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var names = Names[..values.Length];
        Span<bool> isRead = stackalloc bool[values.Length];
        var members = reader.BeginMap();
        while (reader.MoveNext(ref members))
        {
            var index = reader.ReadKey() is [var name] ? names.IndexOf(name) : -1;
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            values[index] = default(TFormatter).Read(ref reader);
            isRead[index] = true;
        }

        if (isRead.IndexOf(false) is >= 0 and var missing)
        {
            var member = ((char)names[missing]).ToString();
            throw new EventSerializationException($"The member '{member}' of '{type}' is missing.", position) { Member = member };
        }
    }
}
