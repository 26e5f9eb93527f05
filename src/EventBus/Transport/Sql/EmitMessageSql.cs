using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Transport.Sql;

/// <summary>
/// The broadcast of an event in both forms, as expressions of SQL: the message that <c>MessageEncoder.WithinTransactions</c> encodes. The
/// keys are in the same order. JSON has the spaces of <c>jsonb</c>.
/// </summary>
internal static class EmitMessageSql
{
    private delegate void Write(ref MessagePackValueWriter writer);

    /// <summary>The notification of an event that is not attached.</summary>
    public const string Notification = """
        '{"type":3,"data":{"packet":{"type":2,"data":[' || to_json(event)
            || CASE jsonb_array_length(args) WHEN 0 THEN ']' ELSE ', ' || substr(args::text, 2) END
            || '},"opts":{"rooms":' || coalesce(to_json(rooms)::text, '[]')
            || ',"except":' || coalesce(to_json(except_rooms)::text, '[]')
            || ',"flags":{' || concat_ws(',', CASE WHEN volatile THEN '"volatile":true' END, '"compress":' || compress::text)
            || '}}},"uid":"emitter","nsp":' || to_json(namespace)
        """;

    /// <summary>The notification of an attached event, up to EventBus's own key.</summary>
    public const string Header = """
        '{"uid":"emitter","type":3,"attachmentId":"' || attachment_id || '"'
        """;

    /// <summary>EventBus's own key and the end, in a notification of both kinds.</summary>
    public const string KeyInJson = """
        ',"eb":{"s":"' || source || '","i":"' || unique_id || '"}}'
        """;

    /// <summary>The source: the same for all events of one database, and 16 hex digits like that of a node.</summary>
    public const string Source = "lpad(to_hex(hashtextextended(current_database()::text, 0)), 16, '0')";

    /// <summary>The unique id: 16 hex digits with 62 random bits.</summary>
    public const string UniqueId = "right(translate(gen_random_uuid()::text, '-', ''), 16)";

    /// <summary>The attachment. The name of the event and its arguments are in the variable <c>packed</c>.</summary>
    public static string Attachment => $"""
        {Bytes(BeforePacketData)} || packed
            || {Bytes(BeforeRooms)} || {SqlText.Indent(MessagePackSql.Texts("rooms"), 4)}
            || {Key(WireKeys.Except)} || {SqlText.Indent(MessagePackSql.Texts("except_rooms"), 4)}
            || {Key(WireKeys.Flags)} || CASE
                WHEN volatile AND compress IS NOT NULL THEN {Bytes(static (ref writer) => writer.BeginMap(2))}
                WHEN volatile OR compress IS NOT NULL THEN {Bytes(static (ref writer) => writer.BeginMap(1))}
                ELSE {Bytes(static (ref writer) => writer.BeginMap(0))}
            END::bytea
            || CASE WHEN volatile THEN {Flag(WireKeys.Volatile, true)} ELSE '' END::bytea
            || CASE compress
                WHEN true THEN {Flag(WireKeys.Compress, true)}
                WHEN false THEN {Flag(WireKeys.Compress, false)}
                ELSE ''
            END::bytea
            || {Bytes(BeforeNamespace)} || {SqlText.Indent(MessagePackSql.Text("octet_length(namespace)", "namespace"), 4)}
            || {Bytes(BeforeSource)} || {IdHead} || convert_to(source, 'UTF8')
            || {Key(WireKeys.UniqueId)} || {IdHead} || convert_to(unique_id, 'UTF8')
        """;

    /// <summary>The head of a text of 16 bytes.</summary>
    private static string IdHead => SqlText.Quote([MessagePackCode.FixStr | 16]);

    private static void BeforePacketData(ref MessagePackValueWriter writer)
    {
        writer.BeginMap(5);
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger((long)MessageType.Broadcast);
        writer.WriteKey(WireKeys.Data);
        writer.BeginMap(2);
        writer.WriteKey(WireKeys.Packet);
        writer.BeginMap(2);
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger((long)MessageData.EventPacket);
        writer.WriteKey(WireKeys.Data);
    }

    private static void BeforeRooms(ref MessagePackValueWriter writer)
    {
        writer.WriteKey(WireKeys.Options);
        writer.BeginMap(3);
        writer.WriteKey(WireKeys.Rooms);
    }

    private static void BeforeNamespace(ref MessagePackValueWriter writer)
    {
        writer.WriteKey(WireKeys.Uid);
        writer.WriteString(MessageEncoderOptions.EmitterUid);
        writer.WriteKey(WireKeys.Namespace);
    }

    private static void BeforeSource(ref MessagePackValueWriter writer)
    {
        writer.WriteKey(WireKeys.SequenceKey);
        writer.BeginMap(2);
        writer.WriteKey(WireKeys.Source);
    }

    private static string Flag(ReadOnlySpan<byte> key, bool value)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        writer.WriteKey(key);
        writer.WriteBoolean(value);
        return SqlText.Quote(buffer.WrittenSpan);
    }

    private static string Key(ReadOnlySpan<byte> key)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        writer.WriteKey(key);
        return SqlText.Quote(buffer.WrittenSpan);
    }

    private static string Bytes(Write write)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        write(ref writer);
        return SqlText.Quote(buffer.WrittenSpan);
    }
}
