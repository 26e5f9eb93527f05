using Npgsql;

namespace EventBus.Transport.Journal;

/// <summary>A row of the journal: the events of one statement.</summary>
internal sealed class JournalRow
{
    private readonly DateTimeOffset _at;
    private readonly string _source;
    private readonly string[] _channels;
    private readonly string[] _names;
    private readonly int[]? _pairs;
    private readonly long[]? _numbers;
    private readonly long[]? _ids;
    private readonly int[]? _keys;
    private readonly int[]? _attached;
    private readonly byte[] _messages;
    private readonly byte[][]? _attachments;

    /// <summary>Reads the row of a reader, whose columns are read in their order.</summary>
    /// <exception cref="EventSerializationException">The row is not valid.</exception>
    public JournalRow(NpgsqlDataReader reader)
    {
        Id = reader.GetInt64(0);
        _at = new DateTimeOffset(reader.GetDateTime(1));
        _source = reader.GetString(2);
        _channels = reader.GetFieldValue<string[]>(3);
        _names = reader.GetFieldValue<string[]>(4);
        _pairs = Optional<int[]>(reader, 5);
        _numbers = Optional<long[]>(reader, 6);
        _ids = Optional<long[]>(reader, 7);
        _keys = Optional<int[]>(reader, 8);
        _attached = Optional<int[]>(reader, 9);
        _messages = reader.GetFieldValue<byte[]>(10);
        _attachments = Optional<byte[][]>(reader, 11);
        if (!IsValid)
            throw new EventSerializationException($"The row {Id} of the journal is not valid: its arrays do not fit each other.");
    }

    public long Id { get; }

    /// <summary>The bytes of its bodies, which the server may have compressed.</summary>
    public long Bytes => _messages.LongLength + (_attachments?.Sum(static item => item.LongLength) ?? 0);

    private int Count => (_numbers ?? _ids)?.Length ?? 0;

    // A role that may write the journal can write any row.
    private bool IsValid => _numbers is null != _ids is null
        && _channels.Length == _names.Length
        && (_pairs is null ? _channels.Length > 0 : Fits(_pairs, 1, _channels.Length))
        && (_keys is null || _keys.Length == Count)
        && (_attached is null || Fits(_attached, 0, _attachments?.Length ?? 0))
        && _messages.AsSpan().Count((byte)'\n') == Count - 1;

    /// <summary>Adds the wanted events behind a place.</summary>
    public void AddTo(List<JournalEvent> events, JournalFilter filter, JournalPlace after)
    {
        var first = after.Row == Id ? after.Index : 0;
        var rest = _messages.AsMemory();
        for (var i = 0; i < Count; i++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var message = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var pair = _pairs is null ? 0 : _pairs[i] - 1;
            if (i < first || !filter.Matches(_channels[pair], _names[pair]))
                continue;
            var attachment = _attached is null ? 0 : _attached[i];
            events.Add(new JournalEvent(
                new EventIdentity(_source, _channels[pair], _numbers is null ? _ids![i] : _numbers[i], IsTransactional: _numbers is null),
                _keys is null ? 0 : _keys[i],
                _at,
                _names[pair],
                attachment == 0 ? message : _attachments![attachment - 1],
                attachment > 0,
                new JournalPlace(Id, i + 1)));
        }
    }

    private bool Fits(int[] indexes, int least, int most) =>
        indexes.Length == Count && !Array.Exists(indexes, index => index < least || index > most);

    private static T? Optional<T>(NpgsqlDataReader reader, int column)
        where T : class
        => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
