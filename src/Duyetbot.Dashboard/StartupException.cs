namespace Duyetbot.Dashboard;

/// <summary>A setting is wrong; the message names its key and ends the start.</summary>
public sealed class StartupException(string message) : Exception(message);
