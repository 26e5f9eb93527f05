using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Whoever asked: takes the answer to an event, and encodes it at once.</summary>
internal interface IAnswerReceiver
{
    void Answer<TAnswer>(in TAnswer answer)
        where TAnswer : struct, IWritable;
}
