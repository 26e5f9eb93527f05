namespace EventBus.Transport.Sql;

/// <summary>The SQL of a function that encodes JSON as MessagePack, with the bytes of <c>MessagePackValueWriter</c>.</summary>
/// <remarks>
/// One query takes time in proportion to the number of values and to their depth; a function that calls itself for each array and object
/// takes several times as long. Every value becomes one part: its key, if it has one, the head of its form, and the bytes of a text. The
/// place of a part consists of 4 bytes for each array and object around it, so the order of the places is the order of the bytes in
/// MessagePack. Each step of the recursion copies the values below it, so a value of depth n is copied n times.
/// </remarks>
internal static class MessagePackSql
{
    /// <summary>The body of the function. Its parameter is <c>root jsonb</c>.</summary>
    /// <remarks>
    /// A float64 must have the value of the number in its shortest text or in 17 significant digits, as
    /// <c>ExactNumber.TryParseDouble</c> requires. The function sets <c>extra_float_digits</c>, so the text of a double is the shortest.
    /// Only that of a double such as 1e23, which is as close to another double, has more digits than in .NET: there, a cast to
    /// <c>numeric</c> has the shortest text, because it has at most 15 digits.
    /// </remarks>
    public static string Body => $$"""
        DECLARE
            packed bytea;
            refused numeric;
        BEGIN
            WITH RECURSIVE node (place, key, kind, value) AS (
                SELECT ''::bytea, NULL::text, jsonb_typeof(root), root
                UNION ALL
                SELECT node.place || int4send(child.number::int), child.key, jsonb_typeof(child.value), child.value
                FROM node CROSS JOIN LATERAL (
                    SELECT item.number, NULL AS key, item.value
                    FROM jsonb_array_elements(CASE node.kind WHEN 'array' THEN node.value END)
                        WITH ORDINALITY AS item (value, number)
                    UNION ALL
                    SELECT member.number, member.key, member.value
                    FROM jsonb_each(CASE node.kind WHEN 'object' THEN node.value END)
                        WITH ORDINALITY AS member (key, value, number)
                ) AS child
                WHERE node.kind IN ('array', 'object')
            ),
            sized (place, key, key_size, kind, size, text, number) AS (
                SELECT place, key, octet_length(key), kind,
                    CASE kind
                        WHEN 'string' THEN octet_length(value #>> '{}')
                        WHEN 'array' THEN jsonb_array_length(value)
                        WHEN 'object' THEN (SELECT count(*)::int FROM jsonb_object_keys(value))
                    END,
                    CASE WHEN kind IN ('string', 'boolean') THEN value #>> '{}' END,
                    CASE kind WHEN 'number' THEN value::numeric END
                FROM node
                OFFSET 0 -- Each of these is computed once.
            ),
            part (place, number, bytes) AS (
                SELECT place, number,
                    CASE WHEN key IS NULL THEN '' ELSE {{SqlText.Indent(Text("key_size", "key"), 12)}} END
                    || CASE kind
                        WHEN 'string' THEN {{SqlText.Indent(Text("size", "text"), 16)}}
                        WHEN 'number' THEN {{SqlText.Indent(Number, 16)}}
                        WHEN 'array' THEN {{SqlText.Indent(ArrayHead("size"), 16)}}
                        WHEN 'object' THEN {{SqlText.Indent(Head("size", fix: 0x80, head16: 0xDE, head32: 0xDF), 16)}}
                        WHEN 'boolean' THEN CASE text WHEN 'true' THEN {{Byte(0xC3)}} ELSE {{Byte(0xC2)}} END::bytea
                        ELSE {{Byte(0xC0)}}
                    END
                FROM sized
                OFFSET 0 -- The aggregate and its filter both read the bytes.
            )
            SELECT string_agg(part.bytes, '' ORDER BY part.place), min(part.number) FILTER (WHERE part.bytes IS NULL)
            INTO packed, refused
            FROM part;
            IF refused IS NOT NULL THEN
                RAISE 'The number % is no integer of 64 bits, and a double would change its value, so the event cannot be attached.',
                        left(refused::text, 40)
                    USING ERRCODE = 'numeric_value_out_of_range', HINT = 'Send the number as text.';
            END IF;
            RETURN packed;
        END
        """;

    private static string Number => $"""
        CASE
            WHEN number = trunc(number) AND number >= -9223372036854775808 AND number <= 18446744073709551615 THEN CASE
                WHEN number < -2147483648 THEN {Byte(0xD3)} || int8send(number::bigint)
                WHEN number < -32768 THEN {Byte(0xD2)} || int4send(number::int)
                WHEN number < -128 THEN {Byte(0xD1)} || int2send(number::smallint)
                WHEN number < -32 THEN {Byte(0xD0)} || substring(int4send(number::int), 4)
                WHEN number < 128 THEN substring(int4send(number::int), 4)
                WHEN number <= 255 THEN {Byte(0xCC)} || substring(int4send(number::int), 4)
                WHEN number <= 65535 THEN {Byte(0xCD)} || substring(int4send(number::int), 3)
                WHEN number <= 4294967295 THEN {Byte(0xCE)} || substring(int8send(number::bigint), 5)
                WHEN number <= 9223372036854775807 THEN {Byte(0xCF)} || int8send(number::bigint)
                ELSE {Byte(0xCF)} || int8send((number - 18446744073709551616)::bigint)
            END
            WHEN abs(number) NOT BETWEEN 4.9e-324 AND {EmitSchema.MaxDouble} THEN NULL -- The cast would fail.
            WHEN number = CASE
                    WHEN abs(number) BETWEEN 2.3e-308 AND 1.7e308 AND number::float8::numeric::float8 = number::float8
                        THEN number::float8::numeric
                    ELSE number::float8::text::numeric
                END
                OR to_char(number::float8, '9.9999999999999999EEEE')::numeric = number
                THEN {Byte(0xCB)} || float8send(number::float8)
        END
        """;

    /// <summary>An array of the texts of a <c>text[]</c>, which is empty if the list is null.</summary>
    public static string Texts(string list) => $"""
        (
            SELECT {SqlText.Indent(ArrayHead("count(*)::int"), 4)}
                || coalesce(string_agg({SqlText.Indent(Text("octet_length(item)", "item"), 8)}, '' ORDER BY place), '')
            FROM unnest({list}) WITH ORDINALITY AS items (item, place)
        )
        """;

    /// <summary>The head and the bytes of a text.</summary>
    public static string Text(string size, string text) => $"""
        CASE
            WHEN {size} < 32 THEN substring(int4send({0xA0} + {size}), 4)
            WHEN {size} <= 255 THEN {Byte(0xD9)} || substring(int4send({size}), 4)
            WHEN {size} <= 65535 THEN {Byte(0xDA)} || substring(int4send({size}), 3)
            ELSE {Byte(0xDB)} || int4send({size})
        END || convert_to({text}, 'UTF8')
        """;

    private static string ArrayHead(string size) => Head(size, fix: 0x90, head16: 0xDC, head32: 0xDD);

    /// <summary>The head of an array or map.</summary>
    private static string Head(string size, byte fix, byte head16, byte head32) => $"""
        CASE
            WHEN {size} < 16 THEN substring(int4send({fix} + {size}), 4)
            WHEN {size} <= 65535 THEN {Byte(head16)} || substring(int4send({size}), 3)
            ELSE {Byte(head32)} || int4send({size})
        END
        """;

    private static string Byte(byte value) => SqlText.Quote([value]);
}
