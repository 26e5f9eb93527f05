using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"opts":{…},"close":false}</c></summary>
internal readonly struct DisconnectBody(in BroadcastOptions options, bool close) : IMessageBody
{
    private readonly BroadcastOptions _options = options;

    public MessageType Type => MessageType.DisconnectSockets;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        OptionsWriter.Write(ref writer, in _options, message, Type);
        writer.WriteKey(WireKeys.Close);
        writer.WriteBoolean(close);
        writer.EndMap();
        return default;
    }
}
