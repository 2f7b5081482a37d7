using Dapper;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>A filter on facts: the same as <see cref="FigureSql"/> says to the live view.</summary>
internal sealed class FactFilter
{
    // No fact has this number: a text that no fact has.
    private const int Unknown = -1;
    private readonly int? _platform;
    private readonly int? _user;
    private readonly int? _username;
    private readonly int? _model;
    private readonly int? _visibility;
    private readonly HashSet<int>? _starred;
    private readonly ConversationFilter _filter;

    public FactFilter(SqliteConnection connection, ConversationFilter filter)
    {
        _filter = filter;
        _platform = Number(filter.Platform);
        _user = Number(filter.UserId);
        _username = Number(filter.Username);
        _model = Number(filter.Model);
        _visibility = Number(filter.Visibility);
        if (filter.Starred is not null)
            _starred = [.. connection.Query<int>("SELECT c.number FROM conversation_annotations a JOIN figure_conversations c ON c.name = a.conversation_id WHERE a.is_starred <> 0")];

        int? Number(string? name) => name is null ? null : FigureNames.NumberOf(connection, name) ?? Unknown;
    }

    /// <summary>The number of the only platform or user, where there is one.</summary>
    public int? PlatformOrUser => _platform ?? _user;

    /// <summary>True where facts hold all that the filter asks for: their text they do not.</summary>
    public static bool Knows(FigureDimension dimension, ConversationFilter filter) =>
        filter.Q is null && (dimension != FigureDimension.Agent || (filter with { Model = null }).IsOpen);

    /// <summary>Whether a model passes.</summary>
    public bool HasModel(int model) => _model is null || _model == model;

    /// <summary>Whether the messages of a fact pass.</summary>
    public bool Passes(in FactKey key) =>
        (_filter.Archived is null || _filter.Archived == key.IsArchived)
        && (_model is null || _model == key.Model)
        && (_platform is null || _platform == key.Platform)
        && (_user is null || _user == key.User)
        && (_username is null || _username == key.Username)
        && (_visibility is null || _visibility == key.Visibility)
        && (_filter.HasError is null || _filter.HasError == key.HasError)
        && (_starred is null || _starred.Contains(key.Conversation) == _filter.Starred);
}
