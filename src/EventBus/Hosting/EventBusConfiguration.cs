using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Hosting;

/// <summary>Reads the options of a bus or publisher from the configuration.</summary>
internal static class EventBusConfiguration
{
    /// <summary>The section. A bus with a key has a subsection of it.</summary>
    public const string Section = "EventBus";

    private static readonly string[] Names =
    [
        .. typeof(EventBusOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.PropertyType.IsValueType || property.PropertyType == typeof(string))
            .Select(static property => property.Name)
            .Order(StringComparer.Ordinal),
    ];

    public static bool IsOption(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets the options that the configuration has.</summary>
    public static void Bind(EventBusOptions options, EventBusRegistration registration, IServiceProvider services)
    {
        if (SectionOf(registration, services) is { } section)
            section.Bind(options);
    }

    /// <summary>Describes each key of the section that is no option.</summary>
    public static IEnumerable<string> FindUnknown(EventBusRegistration registration, IServiceProvider services)
    {
        if (SectionOf(registration, services) is not { } section)
            return [];
        HashSet<string> known = new(Names, StringComparer.OrdinalIgnoreCase);
        if (registration.Name is null)
            known.UnionWith(services.GetServices<EventBusRegistration>().Select(static other => other.Name).OfType<string>());
        return section.GetChildren().Where(child => !known.Contains(child.Key)).Select(child => Describe(child, registration));
    }

    private static IConfigurationSection? SectionOf(EventBusRegistration registration, IServiceProvider services) =>
        services.GetService<IConfiguration>()?.GetSection(registration.Name is null ? Section : $"{Section}:{registration.Name}");

    private static string Describe(IConfigurationSection unknown, EventBusRegistration registration)
    {
        var problem = $"'{unknown.Path}' is no option of EventBus";
        if (registration.Name is null && unknown.Value is null)
            return $"{problem}, and no bus has this key. Is AddKeyedEventBus(\"{unknown.Key}\") missing?";
        return NearestName.Find(unknown.Key, Names) is { } meant
            ? $"{problem}. Did you mean {meant}?"
            : $"{problem}. The options are {string.Join(", ", Names)}.";
    }
}
