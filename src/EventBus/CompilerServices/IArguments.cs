using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>What an event carries. For generated code.</summary>
/// <typeparam name="TSelf">The struct that implements it.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IArguments<TSelf>
    where TSelf : struct, IArguments<TSelf>
{
    /// <summary>How many values <see cref="Write"/> writes.</summary>
    int Count { get; }

    /// <summary>Writes the arguments, one value each, with nothing around them.</summary>
    void Write<TWriter>(ref TWriter writer, in TSelf arguments) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads the arguments.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="arguments">Where it is among them.</param>
    /// <param name="defaults">What stands for optional ones that are not there, or null where that is no value of them.</param>
    TSelf Read<TReader>(ref TReader reader, ref ArgumentReader arguments, in TSelf defaults) where TReader : IValueReader, allows ref struct;
}
