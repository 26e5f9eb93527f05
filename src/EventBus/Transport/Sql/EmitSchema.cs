using System.Globalization;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Transport.Sql;

/// <summary>The SQL of the function that emits events, and of the function that encodes their attachments.</summary>
/// <param name="schema">The schema of both.</param>
internal sealed class EmitSchema(string schema)
{
    /// <summary>Counts the changes of the functions. It is in the comment of the function in the database.</summary>
    public const int Version = 1;

    // The message, its data, the packet and the packet's data are around the arguments, which are a part of the latter.
    private const int LevelsAroundArguments = MessageData.PacketDepth;

    // The signatures are fixed: CREATE OR REPLACE keeps privileges and callers only if they stay, and grants.sql names them.
    private const string Parameters = "text, text, jsonb, text[], text[], boolean, boolean";

    // Functions are found by the schema in the option. Tables and operators of the caller's schemas are never used.
    private readonly string _schema = SqlIdentifier.Quote(schema);

    /// <summary>Removes both functions.</summary>
    public string DropSql => $"""
        DROP FUNCTION IF EXISTS {_schema}.emit({Parameters});
        DROP FUNCTION IF EXISTS {_schema}.message_pack(jsonb);
        """;

    /// <summary>Checks the database, and creates or replaces both functions.</summary>
    public string CreateSql(EventBusOptions options)
    {
        var hasSchema = options.TableName.Contains('.', StringComparison.Ordinal);
        var table = new AttachmentSchema(hasSchema ? options.TableName : $"public.{options.TableName}").Table;
        var unqualified = hasSchema ? null : new AttachmentSchema(options.TableName).Table;
        var comment = $"EventBus: emits an event to channels with the prefix {options.ChannelPrefix}. Version {Version}.";
        return $"""
            DO {SqlText.DollarQuote(EmitPreconditionsSql.Body(_schema, table, unqualified))};

            CREATE OR REPLACE FUNCTION {_schema}.message_pack(root jsonb) RETURNS bytea
            LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
            SET search_path = pg_catalog, pg_temp
            SET extra_float_digits = 1
            AS {SqlText.DollarQuote(MessagePackSql.Body)};

            CREATE OR REPLACE FUNCTION {_schema}.emit(
                namespace text,
                event text,
                args jsonb DEFAULT '[]',
                rooms text[] DEFAULT NULL,
                except_rooms text[] DEFAULT NULL,
                volatile boolean DEFAULT false,
                compress boolean DEFAULT NULL) RETURNS void
            LANGUAGE plpgsql VOLATILE SECURITY INVOKER
            SET search_path = pg_catalog, pg_temp
            AS {SqlText.DollarQuote(EmitBody(table, options))};

            COMMENT ON FUNCTION {_schema}.emit({Parameters}) IS {SqlText.Quote(comment)};
            COMMENT ON FUNCTION {_schema}.message_pack(jsonb) IS 'EventBus: encodes an attachment of emit. Version {Version}.';
            """;
    }

    // The text of every argument is quoted by to_json, and nothing is executed from a text. Only constant text is indented: a line break in
    // a quoted name is a part of the name.
    private string EmitBody(string table, EventBusOptions options) => $$"""
        DECLARE
            channel CONSTANT text := {{SqlText.Quote(options.ChannelPrefix + ChannelName.Separator)}} || namespace;
            source CONSTANT text := {{EmitMessageSql.Source}};
            unique_id CONSTANT text := {{EmitMessageSql.UniqueId}};
            notification text;
            packed bytea;
            attachment bytea;
            attachment_id bigint;
        BEGIN
            {{SqlText.Indent(EmitPreconditionsSql.RequireUtf8, 4)}}
            {{SqlText.Indent(CheckNames, 4)}}
            {{SqlText.Indent(CheckArguments, 4)}}
            {{SqlText.Indent(CheckRooms("rooms", "Pass NULL to send to every socket."), 4)}}
            {{SqlText.Indent(CheckRooms("except_rooms", "Pass NULL to exclude no room."), 4)}}

            notification := {{SqlText.Indent(EmitMessageSql.Notification, 4)}}
                || {{EmitMessageSql.KeyInJson}};
            IF octet_length(notification) < {{options.PayloadThreshold}} THEN
                PERFORM pg_notify(channel, notification);
                RETURN;
            END IF;

            packed := {{_schema}}.message_pack(jsonb_build_array(event) || args);
            attachment := {{SqlText.Indent(EmitMessageSql.Attachment, 4)}};
            IF octet_length(attachment) > {{EventBusDefaults.MaxMessageBytes}} THEN
                RAISE 'The message has % bytes; {{EventBusDefaults.MaxMessageBytes}} are allowed.', octet_length(attachment)
                    USING ERRCODE = 'program_limit_exceeded';
            END IF;
            INSERT INTO {{table}} (payload) VALUES (attachment) RETURNING id INTO STRICT attachment_id;
            PERFORM pg_notify(channel, {{EmitMessageSql.Header}} || {{EmitMessageSql.KeyInJson}});
        END
        """;

    // Names are equal only if their bytes are, but the arguments bring a collation that can ignore case or characters.
    private static string CheckNames => $"""
        IF namespace IS NULL OR left(namespace, 1) COLLATE "C" <> '/' THEN
            RAISE 'The bus namespace % does not begin with ''/''.', quote_nullable(namespace)
                USING ERRCODE = 'invalid_parameter_value', HINT = 'The main namespace is ''/''. Others are like ''/news''.';
        END IF;
        IF octet_length(channel) > {ChannelName.MaxBytes} THEN
            RAISE 'The channel % has % bytes, but PostgreSQL allows {ChannelName.MaxBytes}.', quote_literal(channel), octet_length(channel)
                USING ERRCODE = 'invalid_parameter_value', HINT = 'Shorten the bus namespace or the channel prefix.';
        END IF;
        IF event IS NULL OR event COLLATE "C" = '' THEN
            RAISE 'The event has no name.' USING ERRCODE = 'invalid_parameter_value', HINT = 'Pass the name of the event.';
        END IF;
        IF event COLLATE "C" IN ({SqlText.QuoteAll(ReservedEventNames.Emit)}) THEN
            RAISE 'Socket.IO reserves the event name %.', quote_literal(event)
                USING ERRCODE = 'reserved_name', HINT = 'Choose another name.';
        END IF;
        """;

    private static string CheckArguments => $$"""
        IF args IS NULL OR jsonb_typeof(args) <> 'array' THEN
            RAISE 'The arguments are %, not an array.', coalesce('of the JSON type ' || jsonb_typeof(args), 'null')
                USING ERRCODE = 'invalid_parameter_value', HINT = 'Pass jsonb_build_array(...) with a value for each parameter.';
        END IF;
        IF args @? 'strict $.**{{{MaxArgumentDepth}} to last} ? (@.type() == "array" || @.type() == "object")' THEN
            RAISE 'The arguments nest deeper than {{MaxArgumentDepth}} arrays and objects.'
                USING ERRCODE = 'program_limit_exceeded', HINT = 'Send a part of the value, or a part of it as text.';
        END IF;
        IF args @? 'strict $.** ? (@ > {{MaxDouble}} || @ < -{{MaxDouble}})' THEN
            RAISE 'A number in the arguments is not within the range of a double.'
                USING ERRCODE = 'numeric_value_out_of_range', HINT = 'Send the number as text.';
        END IF;
        """;

    private static string MaxArgumentDepth { get; } =
        (SerializationLimits.MaxDepth - LevelsAroundArguments).ToString(CultureInfo.InvariantCulture);

    /// <summary>The largest number of a double.</summary>
    public static string MaxDouble { get; } = double.MaxValue.ToString("R", CultureInfo.InvariantCulture);

    // An event without a room goes to every socket, so an empty list is never taken for no list.
    private static string CheckRooms(string rooms, string hint) => $"""
        IF {rooms} IS NOT NULL THEN
            IF cardinality({rooms}) = 0 THEN
                RAISE 'The list {rooms} is empty.' USING ERRCODE = 'invalid_parameter_value', HINT = '{hint}';
            END IF;
            IF array_ndims({rooms}) > 1 OR array_position({rooms}, NULL) IS NOT NULL THEN
                RAISE 'The list {rooms} contains NULL or another list.' USING ERRCODE = 'invalid_parameter_value',
                    HINT = 'Pass the name of each room, as in ARRAY[''r1'', ''r2''].';
            END IF;
            IF cardinality({rooms}) > {SerializationLimits.MaxValues} THEN
                RAISE 'The list {rooms} contains % rooms; {SerializationLimits.MaxValues} are allowed.', cardinality({rooms})
                    USING ERRCODE = 'program_limit_exceeded';
            END IF;
        END IF;
        """;
}
