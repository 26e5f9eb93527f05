namespace EventBus.Samples.Demo.Direction;

/// <summary>The names of the forms in the table.</summary>
internal static class WayNames
{
    public static string ToName(this Way way) => way == Way.Notification ? "notification" : "attachment";
}
