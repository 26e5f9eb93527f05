namespace EventBus.Serialization;

/// <summary>The encoding of a value: JSON inside a notification, MessagePack inside an attachment.</summary>
public enum ValueEncoding
{
    /// <summary>UTF-8 JSON.</summary>
    Json,

    /// <summary>MessagePack.</summary>
    MessagePack,
}
