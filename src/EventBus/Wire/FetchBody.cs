using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"opts":{…},"requestId":…}</c></summary>
internal readonly struct FetchBody(in BroadcastOptions options, string requestId) : IMessageBody
{
    private readonly BroadcastOptions _options = options;

    public MessageType Type => MessageType.FetchSockets;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        OptionsWriter.Write(ref writer, in _options, message, Type);
        writer.WriteKey(WireKeys.RequestId);
        writer.WriteString(requestId);
        writer.EndMap();
        return default;
    }
}
