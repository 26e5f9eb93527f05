using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using EventBus.Benchmarks.Events;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>
/// The limit of PostgreSQL with one connection: 256 events in one prepared statement, by a socket and nothing else, one statement after
/// another.
/// </summary>
internal sealed class SocketPublisher : IPublisher
{
    private const int BatchSize = 256;
    private const string Sql = "SELECT count(sent) FROM (SELECT pg_notify($1, unnest($2::text[])) AS sent) notifications";

    private readonly PostgresSocket _socket = new();
    private readonly NotifyStatement _statement = new(EventText.Channel, BatchSize);

    public Task ConnectAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(Servers.Postgres);
        _socket.Connect(settings.Host!, settings.Port, Servers.TrustedRole, settings.Database!);
        _socket.Prepare(NotifyStatement.Name, Sql);
        return Task.CompletedTask;
    }

    public ValueTask PublishAsync(long sentAt, long number)
    {
        _statement.Add(sentAt, number);
        Execute();
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing else happens on this thread, so it waits for the reply to a full batch.</summary>
    public ValueTask PostAsync(long sentAt, long number)
    {
        _statement.Add(sentAt, number);
        if (_statement.Count == BatchSize)
            Execute();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync()
    {
        if (_statement.Count > 0)
            Execute();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Execute()
    {
        _socket.Send(_statement.Complete());
        _socket.ReadUntilReady();
        _statement.Clear();
    }
}

/// <summary>PostgreSQL's protocol, as little of it as a role needs that the server trusts. It blocks, and serves one thread.</summary>
internal sealed class PostgresSocket : IDisposable
{
    private const int ProtocolVersion = 3 << 16;
    private const int HeaderBytes = 1 + sizeof(int);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _from;
    private int _to;

    public void Connect(string host, int port, string role, string database)
    {
        _socket.Connect(host, port);
        var parameters = Encoding.UTF8.GetBytes($"user\0{role}\0database\0{database}\0application_name\0benchmark\0\0");
        Span<byte> start = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(start, start.Length + parameters.Length);
        BinaryPrimitives.WriteInt32BigEndian(start[sizeof(int)..], ProtocolVersion);
        Send([.. start, .. parameters]);
        ReadUntilReady();
    }

    public void Prepare(string name, string sql)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes($"{name}\0{sql}\0"), 0, 0];
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, sizeof(int) + body.Length);
        Send([(byte)'P', .. length, .. body, (byte)'S', 0, 0, 0, sizeof(int)]);
        ReadUntilReady();
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>Reads messages until the server is ready for the next statement.</summary>
    /// <exception cref="InvalidOperationException">The server sent an error.</exception>
    public void ReadUntilReady()
    {
        while (true)
        {
            Fill(HeaderBytes);
            var type = (char)_buffer[_from];
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_from + 1)) - sizeof(int);
            _from += HeaderBytes;
            Fill(length);
            if (type == 'E')
                throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, _from, length).Replace('\0', ' '));
            if (type == 'R' && BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_from)) != 0)
                throw new InvalidOperationException("The server wants a password.");
            _from += length;
            if (type == 'Z')
                return;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Receives until the buffer has at least this many bytes.</summary>
    private void Fill(int count)
    {
        if (_from > 0 && _buffer.Length - _from < count)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        while (_to - _from < count)
        {
            var received = _socket.Receive(_buffer.AsSpan(_to));
            if (received == 0)
                throw new InvalidOperationException("The server has closed the connection.");
            _to += received;
        }

        if (_from == _to)
            (_from, _to) = (0, 0);
    }
}
