using System.Security.Cryptography;
using System.Text;

namespace EventBus.Samples.Demo;

/// <summary>A short hash, to compare the received value with the sent one.</summary>
internal static class Digest
{
    private const int Bytes = 8;

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, Bytes));
}
