namespace EventBus.Samples.Demo.Direction;

/// <summary>What people call the ways.</summary>
internal static class WayNames
{
    public static string ToName(this Way way) => way == Way.Notification ? "notification" : "attachment";
}
