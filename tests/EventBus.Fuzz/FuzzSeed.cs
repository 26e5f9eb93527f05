using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Fuzz;

/// <summary>A valid notification or attachment to begin from.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Encoding">JSON for a notification, MessagePack for an attachment.</param>
/// <param name="Namespace">The namespace of the channel it came over.</param>
/// <param name="Header">What announced it, where it is an attachment.</param>
internal sealed record FuzzSeed(byte[] Bytes, ValueEncoding Encoding, string Namespace, AttachmentHeader Header);
