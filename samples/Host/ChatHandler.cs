using Microsoft.Extensions.Logging;

namespace Chat;

internal sealed partial class ChatHandler(ILogger<ChatHandler> logger) : IChatEvents
{
    public void Ping(DateTimeOffset at) => LogPing(at);

    public async ValueTask Message(string user, string text) => await File.AppendAllTextAsync("chat.log", $"{user}: {text}\n");

    public ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg)
    {
        LogPhoto(user, jpeg.Length);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> Vote(string question) => ValueTask.FromResult(question.Contains("tea", StringComparison.Ordinal) ? 1 : 0);

    [LoggerMessage(1, LogLevel.Information, "Ping at {At}")]
    private partial void LogPing(DateTimeOffset at);

    [LoggerMessage(2, LogLevel.Information, "A photo of {User}: {Bytes} bytes")]
    private partial void LogPhoto(string user, int bytes);
}
