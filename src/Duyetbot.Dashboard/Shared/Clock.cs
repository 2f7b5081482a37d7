using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The product's clock in Noda Time's terms.</summary>
public static class Clock
{
    /// <summary>The current moment of an injected clock.</summary>
    public static Instant GetInstant(this TimeProvider time) => Instant.FromDateTimeOffset(time.GetUtcNow());
}
