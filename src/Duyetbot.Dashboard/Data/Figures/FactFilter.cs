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
    private readonly int? _role;
    private readonly int? _source;
    private readonly (KeyRule Rule, int Number)[] _rules;
    private readonly HashSet<int>? _starred;
    private readonly MessageFilter _filter;

    public FactFilter(SqliteConnection connection, MessageFilter filter)
    {
        _filter = filter;
        _platform = Number(filter.Platform);
        _user = Number(filter.UserId);
        _username = Number(filter.Username);
        _model = Number(filter.Model);
        _visibility = Number(filter.Visibility);
        _role = Number(filter.Role);
        _source = Number(filter.Source);
        _rules = [.. filter.Rules.Select(r => (r, Number(r.Kind == KeyRuleKind.Blank ? "" : r.Value) ?? Unknown))];
        if (filter.Starred is not null)
            _starred = [.. connection.Query<int>("SELECT c.number FROM conversation_annotations a JOIN figure_conversations c ON c.name = a.conversation_id WHERE a.is_starred <> 0")];

        int? Number(string? name) => name is null ? null : FigureNames.NumberOf(connection, name) ?? Unknown;
    }

    /// <summary>The number of the only platform, user, role or source, where one is asked for.</summary>
    public int? OnlyKey => _platform ?? _user ?? _role ?? _source;

    /// <summary>True where facts hold all that the filter asks for: text, event, conversation and the hour of the week they do not.</summary>
    public static bool Knows(FigureDimension dimension, MessageFilter filter) =>
        filter is { Q: null, ConversationId: null, EventId: null, Slot: null } && (dimension != FigureDimension.Agent || (filter with { Model = null }).IsOpen);

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
        && (_role is null || _role == key.Role)
        && (_source is null || _source == key.Source)
        && (_starred is null || _starred.Contains(key.Conversation) == _filter.Starred)
        && (_rules.Length == 0 || Allows(key));

    // 0 is the number of what is not there.
    private bool Allows(FactKey key)
    {
        foreach (var (rule, number) in _rules)
        {
            var value = rule.Dimension switch
            {
                "model" => key.Model,
                "platform" => key.Platform,
                "user_id" => key.User,
                "role" => key.Role,
                _ => key.Source,
            };
            var fits = rule.Kind switch { KeyRuleKind.None => value == 0, KeyRuleKind.Any => value != 0, KeyRuleKind.Blank => value == number, _ => value != number };
            if (!fits)
                return false;
        }

        return true;
    }
}
