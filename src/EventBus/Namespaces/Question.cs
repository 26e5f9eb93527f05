using System.Text;
using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Namespaces;

/// <summary>An event that asks for answers: its name, its packet's data, and how an answer to it is read.</summary>
internal readonly record struct Question<TPacketData, TAnswer>(byte[] EventName, TPacketData PacketData, Func<EncodedValue, TAnswer> ReadAnswer)
    where TPacketData : struct, IWritable;

/// <summary>Makes questions.</summary>
internal static class Question
{
    public static Question<TypedPacketData<TContract, TEvent>, TAnswer> Of<TContract, TEvent, TAnswer>(in TEvent value)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
        => new(TEvent.Name.ToArray(), new TypedPacketData<TContract, TEvent>(value), TypedAnswer<TContract, TEvent, TAnswer>.Read);

    public static Question<UntypedPacketData, EventValue> Of(string eventName, ReadOnlyMemory<EventValue> arguments) =>
        new(Encoding.UTF8.GetBytes(eventName), new UntypedPacketData(eventName, arguments), static answer => answer.ReadValue());
}
