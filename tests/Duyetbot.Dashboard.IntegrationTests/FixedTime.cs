namespace Duyetbot.Dashboard.IntegrationTests;

/// <summary>A clock that stands.</summary>
/// <param name="now">Unix ms.</param>
internal sealed class FixedTime(long now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(now);
}
