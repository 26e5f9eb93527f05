using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Fuzz;

/// <summary>A valid notification or attachment to mutate.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Encoding">JSON for a notification, MessagePack for an attachment.</param>
/// <param name="Namespace">The bus namespace of its channel.</param>
/// <param name="Header">The header that announces it if it is an attachment.</param>
internal sealed record FuzzSeed(byte[] Bytes, ValueEncoding Encoding, string Namespace, AttachmentHeader Header);
