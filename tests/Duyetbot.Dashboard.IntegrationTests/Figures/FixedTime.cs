namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>A clock that stands.</summary>
/// <param name="now">Unix ms.</param>
internal sealed class FixedTime(long now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(now);
}
