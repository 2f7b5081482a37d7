namespace Duyetbot.Dashboard.Shared;

/// <summary>A parameter of a URL is unknown or has a wrong value; pages show the message, the API answers 400 with it.</summary>
/// <param name="parameter">The parameter's name as it stands in the URL.</param>
/// <param name="problem">What is wrong with it and what would be right, without the name.</param>
public sealed class InvalidParameterException(string parameter, string problem) : Exception($"{parameter}: {problem}")
{
    /// <summary>The parameter's name as it stands in the URL.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>What is wrong with it and what would be right, without the name.</summary>
    public string Problem { get; } = problem;
}
