using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The argument of an event with one. For generated code.</summary>
/// <typeparam name="T1">The type of argument 1.</typeparam>
/// <typeparam name="T1Formatter">The formatter of argument 1.</typeparam>
/// <param name="item1">Argument 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Arguments<T1, T1Formatter>(T1 item1)
    : IArguments<Arguments<T1, T1Formatter>>
    where T1Formatter : struct, IFormatter<T1>
{
    private readonly T1 _item1 = item1;

    /// <summary>Argument 1.</summary>
    public T1 Item1 => _item1;

    int IArguments<Arguments<T1, T1Formatter>>.Count => 1;

    void IArguments<Arguments<T1, T1Formatter>>.Write<TWriter>(
        ref TWriter writer, in Arguments<T1, T1Formatter> arguments)
    {
        default(T1Formatter).Write(ref writer, in arguments._item1);
    }

    Arguments<T1, T1Formatter> IArguments<Arguments<T1, T1Formatter>>.Read<TReader>(
        ref TReader reader, ref ArgumentReader arguments, in Arguments<T1, T1Formatter> defaults)
        => new(
            arguments.Read<TReader, T1, T1Formatter>(ref reader, in defaults._item1));
}
