using System.Collections.Concurrent;
using System.Globalization;

namespace EventBus.Serialization;

/// <summary>
/// The names of cultures on the wire. The framework keeps every culture that was found for ever, so forged names must not find new ones.
/// </summary>
internal static class CultureNames
{
    // Language, script, region and a variant, as in ca-Latn-ES-valencia.
    private const int MaxParts = 4;
    private const int MaxLength = 85; // the framework's own limit

    // ICU remembers names that it did not find. So after many of them, only names that were found before or are listed are looked up.
    private const int MaxNotFound = 4_096;

    // Found only without ICU, if the application sets PredefinedCulturesOnly to false: then every name is a culture.
    private const string MadeUp = "qq-QQ";

    private static readonly ConcurrentDictionary<string, CultureInfo> Found = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lazy<bool> AnyNameIsFound = new(static () => IsFound(MadeUp));
    private static readonly Lazy<HashSet<string>> Listed = new(static () => new(
        CultureInfo.GetCultures(CultureTypes.AllCultures).Select(static culture => culture.Name), StringComparer.OrdinalIgnoreCase));

    private static int _notFound;

    /// <summary>The name of a culture.</summary>
    /// <exception cref="EventSerializationException">No receiver would read it.</exception>
    public static string Of(CultureInfo culture) => IsPlain(culture.Name)
        ? culture.Name
        : throw new EventSerializationException(
            "The name of the culture has an extension, so no system has the culture. Send its plain culture, or its name as text.");

    /// <summary>The culture of a name.</summary>
    /// <exception cref="EventSerializationException">This system has no such culture.</exception>
    public static CultureInfo Find(string name, int position) =>
        IsPlain(name) && (name.Length == 0 || !AnyNameIsFound.Value) ? FindPlain(name, position) : throw NotFound(position);

    /// <summary>The culture of a name, on a system that does not find made-up names.</summary>
    internal static CultureInfo FindPlain(string name, int position)
    {
        if (!IsPlain(name))
            throw NotFound(position);
        if (Found.TryGetValue(name, out var known))
            return known;
        if (Volatile.Read(ref _notFound) >= MaxNotFound && !Listed.Value.Contains(name))
            throw NotFound(position);
        try
        {
            // CultureInfo.GetCultures does not list zh-CN, sr-RS and other short names, so it alone cannot decide.
            return Found.GetOrAdd(name, static name => CultureInfo.GetCultureInfo(name, predefinedOnly: true));
        }
        catch (CultureNotFoundException exception)
        {
            Interlocked.Increment(ref _notFound);
            throw NotFound(position, exception);
        }
    }

    // Parts of one character start an extension. The framework ignores extensions, and the rest of a name after U+0000, in its list of
    // cultures, but it keeps a culture for each.
    private static bool IsPlain(string name)
    {
        if (name.Length == 0)
            return true;
        if (name.Length > MaxLength)
            return false;
        var parts = 0;
        foreach (var part in name.AsSpan().Split('-'))
        {
            if (++parts > MaxParts)
                return false;
            var characters = name.AsSpan(part);
            if (characters.Length < 2)
                return false;
            foreach (var character in characters)
            {
                if (!char.IsAsciiLetterOrDigit(character))
                    return false;
            }
        }

        return true;
    }

    private static bool IsFound(string name)
    {
        try
        {
            CultureInfo.GetCultureInfo(name, predefinedOnly: true);
            return true;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static EventSerializationException NotFound(int position, Exception? cause = null) =>
        new("The text is not the name of a culture that this system has.", position, cause);
}
