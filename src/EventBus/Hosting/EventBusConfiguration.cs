using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
    /// <exception cref="OptionsValidationException">The section has a key that is no option.</exception>
    public static void Bind(EventBusOptions options, EventBusRegistration registration, IServiceProvider services)
    {
        if (services.GetService<IConfiguration>() is not { } configuration)
            return;
        var section = configuration.GetSection(registration.Name is null ? Section : $"{Section}:{registration.Name}");
        HashSet<string> known = new(Names, StringComparer.OrdinalIgnoreCase);
        if (registration.Name is null)
            known.UnionWith(services.GetServices<EventBusRegistration>().Select(static other => other.Name).OfType<string>());
        var unknown = section.GetChildren().Select(static child => child.Key).Where(key => !known.Contains(key)).ToArray();
        if (unknown.Length != 0)
        {
            throw new OptionsValidationException(
                registration.OptionsName,
                typeof(EventBusOptions),
                unknown.Select(key => $"'{section.Path}:{key}' is no option of EventBus. The options are {string.Join(", ", Names)}."));
        }

        section.Bind(options);
    }
}
