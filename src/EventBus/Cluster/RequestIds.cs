using System.Security.Cryptography;

namespace EventBus.Cluster;

/// <summary>Makes request ids that cannot be guessed.</summary>
internal static class RequestIds
{
    private const int Digits = 16;

    public static string Next() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);
}
