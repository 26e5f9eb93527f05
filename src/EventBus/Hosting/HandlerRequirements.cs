using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Hosting;

/// <summary>
/// Checks at the start that the container can create the handlers. Else a missing dependency would be noticed at the first event only,
/// because the container validates its services only if an option says so.
/// </summary>
internal static class HandlerRequirements
{
    /// <exception cref="EventBusStartException">Each constructor of the handler takes a service that is not registered.</exception>
    public static void ThrowIfUnmet(ServiceDescriptor handler, IServiceProvider services)
    {
        // A factory and an instance say nothing about their needs. Another container may not tell which services it has.
        var type = TypeOf(handler);
        if (type is null || services.GetService<IServiceProviderIsService>() is not { } known)
            return;
        ParameterInfo? missing = null;
        foreach (var constructor in type.GetConstructors())
        {
            var unmet = constructor.GetParameters().FirstOrDefault(parameter => !IsMet(parameter, handler.ServiceKey, known));
            if (unmet is null)
                return;
            missing ??= unmet;
        }

        if (missing is not null)
            throw new EventBusStartException(Describe(type, missing, handler.ServiceKey));
    }

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    private static Type? TypeOf(ServiceDescriptor handler) =>
        handler.IsKeyedService ? handler.KeyedImplementationType : handler.ImplementationType;

    private static bool IsMet(ParameterInfo parameter, object? handlerKey, IServiceProviderIsService known)
    {
        if (parameter.HasDefaultValue || parameter.IsDefined(typeof(ServiceKeyAttribute)))
            return true;
        return KeyOf(parameter, handlerKey) is { } key
            ? known is not IServiceProviderIsKeyedService keyed || keyed.IsKeyedService(parameter.ParameterType, key)
            : known.IsService(parameter.ParameterType);
    }

    /// <summary>The key with which a parameter is resolved; null: without a key.</summary>
    private static object? KeyOf(ParameterInfo parameter, object? handlerKey) =>
        parameter.GetCustomAttribute<FromKeyedServicesAttribute>() switch
        {
            null or { LookupMode: ServiceKeyLookupMode.NullKey } => null,
            { LookupMode: ServiceKeyLookupMode.InheritKey } => handlerKey,
            var attribute => attribute.Key,
        };

    private static string Describe(Type handler, ParameterInfo missing, object? handlerKey)
    {
        var (type, key) = (missing.ParameterType, KeyOf(missing, handlerKey));
        var hasKey = key is null ? "" : $" with the key '{key}'";
        var remedy = key is null && handlerKey is not null && IsOfBus(type)
            ? $"The bus of the handler has the key '{handlerKey}': write [FromKeyedServices] before the parameter to take the service with "
            + "the same key."
            : "Register the service, or give the parameter a default value.";
        return $"The handler {handler} cannot be created: the services have no {NameOf(type)}{hasKey} for the parameter "
            + $"'{missing.Name}' of its constructor. {remedy}";
    }

    private static bool IsOfBus(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(IEventBus) || definition == typeof(IEventPublisher)
            || definition == typeof(Emitter<>) || definition == typeof(Publisher<>);
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType)
            return type.Name;
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>";
    }
}
