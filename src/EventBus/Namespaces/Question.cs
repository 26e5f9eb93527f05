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
    public static Question<TypedPacketData<TArguments>, TAnswer> Of<TArguments, TAnswer, TAnswerFormatter>(EventDefinition definition, in TArguments arguments)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>
        => new(definition.Name, new TypedPacketData<TArguments>(definition, arguments), answer => TypedAnswer<TAnswer, TAnswerFormatter>.Read(definition, answer));

    public static Question<UntypedPacketData, EventValue> Of(string eventName, ReadOnlyMemory<EventValue> arguments) =>
        new(Encoding.UTF8.GetBytes(eventName), new UntypedPacketData(eventName, arguments), static answer => answer.ReadValue());
}
