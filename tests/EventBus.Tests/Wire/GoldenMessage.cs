using System.Text.Json;

namespace EventBus.Tests.Wire;

/// <summary>One captured notification, with its attachment if it has one.</summary>
/// <param name="Id">The file's number and name, and the message's place in it: <c>005-broadcast-unicode#0</c>.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Payload">The notification in UTF-8.</param>
/// <param name="Attachment">The bytes of the attachment; null if there is none or it was not captured.</param>
/// <param name="Decoded">The attachment as the reference's MessagePack reader decodes it, in tagged values.</param>
public sealed record GoldenMessage(string Id, string Channel, byte[] Payload, byte[]? Attachment, JsonElement Decoded)
{
    public string Namespace => Channel[(Channel.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public override string ToString() => Id;
}
