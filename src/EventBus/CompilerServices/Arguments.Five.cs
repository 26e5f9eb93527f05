using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The arguments of an event with five. For generated code.</summary>
/// <typeparam name="T1">The type of argument 1.</typeparam>
/// <typeparam name="T1Formatter">The formatter of argument 1.</typeparam>
/// <typeparam name="T2">The type of argument 2.</typeparam>
/// <typeparam name="T2Formatter">The formatter of argument 2.</typeparam>
/// <typeparam name="T3">The type of argument 3.</typeparam>
/// <typeparam name="T3Formatter">The formatter of argument 3.</typeparam>
/// <typeparam name="T4">The type of argument 4.</typeparam>
/// <typeparam name="T4Formatter">The formatter of argument 4.</typeparam>
/// <typeparam name="T5">The type of argument 5.</typeparam>
/// <typeparam name="T5Formatter">The formatter of argument 5.</typeparam>
/// <param name="item1">Argument 1.</param>
/// <param name="item2">Argument 2.</param>
/// <param name="item3">Argument 3.</param>
/// <param name="item4">Argument 4.</param>
/// <param name="item5">Argument 5.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)
    : IArguments<Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter>>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
    where T5Formatter : struct, IFormatter<T5>
{
    private readonly T1 _item1 = item1;
    private readonly T2 _item2 = item2;
    private readonly T3 _item3 = item3;
    private readonly T4 _item4 = item4;
    private readonly T5 _item5 = item5;

    /// <summary>Argument 1.</summary>
    public T1 Item1 => _item1;

    /// <summary>Argument 2.</summary>
    public T2 Item2 => _item2;

    /// <summary>Argument 3.</summary>
    public T3 Item3 => _item3;

    /// <summary>Argument 4.</summary>
    public T4 Item4 => _item4;

    /// <summary>Argument 5.</summary>
    public T5 Item5 => _item5;

    int IArguments<Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter>>.Count => 5;

    void IArguments<Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter>>.Write<TWriter>(
        ref TWriter writer, in Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter> arguments)
    {
        default(T1Formatter).Write(ref writer, in arguments._item1);
        default(T2Formatter).Write(ref writer, in arguments._item2);
        default(T3Formatter).Write(ref writer, in arguments._item3);
        default(T4Formatter).Write(ref writer, in arguments._item4);
        default(T5Formatter).Write(ref writer, in arguments._item5);
    }

    Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter> IArguments<Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter>>.Read<TReader>(
        ref TReader reader, ref ArgumentReader arguments, in Arguments<T1, T1Formatter, T2, T2Formatter, T3, T3Formatter, T4, T4Formatter, T5, T5Formatter> defaults)
        => new(
            arguments.Read<TReader, T1, T1Formatter>(ref reader, in defaults._item1),
            arguments.Read<TReader, T2, T2Formatter>(ref reader, in defaults._item2),
            arguments.Read<TReader, T3, T3Formatter>(ref reader, in defaults._item3),
            arguments.Read<TReader, T4, T4Formatter>(ref reader, in defaults._item4),
            arguments.Read<TReader, T5, T5Formatter>(ref reader, in defaults._item5));
}
