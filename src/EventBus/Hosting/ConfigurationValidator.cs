using Microsoft.Extensions.Options;

namespace EventBus.Hosting;

/// <summary>
/// Reports the keys in the section of one bus or publisher that are no options, together with the values that are not valid.
/// </summary>
internal sealed class ConfigurationValidator(EventBusRegistration registration, IServiceProvider services)
    : IValidateOptions<EventBusOptions>
{
    public ValidateOptionsResult Validate(string? name, EventBusOptions options)
    {
        if (name != registration.OptionsName)
            return ValidateOptionsResult.Skip;
        var failures = EventBusConfiguration.FindUnknown(registration, services).ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
