using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The arguments of an event with two. For generated code.</summary>
/// <typeparam name="T1">The type of argument 1.</typeparam>
/// <typeparam name="T1Formatter">The formatter of argument 1.</typeparam>
/// <typeparam name="T2">The type of argument 2.</typeparam>
/// <typeparam name="T2Formatter">The formatter of argument 2.</typeparam>
/// <param name="item1">Argument 1.</param>
/// <param name="item2">Argument 2.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Arguments<T1, T1Formatter, T2, T2Formatter>(T1 item1, T2 item2)
    : IArguments<Arguments<T1, T1Formatter, T2, T2Formatter>>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
{
    private readonly T1 _item1 = item1;
    private readonly T2 _item2 = item2;

    /// <summary>Argument 1.</summary>
    public T1 Item1 => _item1;

    /// <summary>Argument 2.</summary>
    public T2 Item2 => _item2;

    int IArguments<Arguments<T1, T1Formatter, T2, T2Formatter>>.Count => 2;

    void IArguments<Arguments<T1, T1Formatter, T2, T2Formatter>>.Write<TWriter>(
        ref TWriter writer, in Arguments<T1, T1Formatter, T2, T2Formatter> arguments)
    {
        default(T1Formatter).Write(ref writer, in arguments._item1);
        default(T2Formatter).Write(ref writer, in arguments._item2);
    }

    Arguments<T1, T1Formatter, T2, T2Formatter> IArguments<Arguments<T1, T1Formatter, T2, T2Formatter>>.Read<TReader>(
        ref TReader reader, ref ArgumentReader arguments, in Arguments<T1, T1Formatter, T2, T2Formatter> defaults)
        => new(
            arguments.Read<TReader, T1, T1Formatter>(ref reader, in defaults._item1),
            arguments.Read<TReader, T2, T2Formatter>(ref reader, in defaults._item2));
}
