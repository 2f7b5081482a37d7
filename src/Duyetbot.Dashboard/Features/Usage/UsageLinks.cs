using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>Where a key of a grouping leads.</summary>
public static class UsageLinks
{
    /// <summary>The same page with that key as a filter; null where the filter has no word for the grouping or the key is none.</summary>
    public static string? Only(string address, UsageGroup group, string? key)
    {
        var name = group switch { UsageGroup.Model => "model", UsageGroup.Platform => "platform", UsageGroup.User => "user_id", _ => null };
        return name is null || string.IsNullOrEmpty(key) ? null : Urls.Change(address, (name, key), ("group_by", null), ("period", null), ("rows", null));
    }
}
