using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Journal;

/// <summary>A cursor as the columns of a row.</summary>
internal static class CursorColumns
{
    /// <summary>Reads the columns in their order.</summary>
    public static JournalCursor Read(NpgsqlDataReader reader, int first) => new(
        reader.GetInt32(first),
        reader.GetString(first + 1),
        reader.GetInt64(first + 2),
        reader.IsDBNull(first + 3) ? null : reader.GetString(first + 3),
        reader.IsDBNull(first + 4) ? 0 : reader.GetInt64(first + 4),
        new JournalPlace(reader.GetInt64(first + 5), reader.GetInt32(first + 6)));

    /// <summary>Adds the columns as parameters, in their order.</summary>
    public static void Add(NpgsqlParameterCollection parameters, JournalCursor cursor)
    {
        parameters.Add(new NpgsqlParameter<int> { TypedValue = cursor.Incarnation });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = cursor.Previous, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = cursor.High });
        parameters.Add(new NpgsqlParameter { Value = (object?)cursor.Target ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = cursor.TargetHigh });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = cursor.Place.Row });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = cursor.Place.Index });
    }
}
