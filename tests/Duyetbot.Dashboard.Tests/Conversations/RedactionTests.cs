using System.Text.Json;
using Duyetbot.Dashboard.Features.Conversations;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class RedactionTests
{
    private static readonly RedactionChoice Everything = new() { Users = true, Ids = true, Numbers = true };

    [Theory]
    [InlineData("Ann met Annual and ann.", "user-1 met Annual and user-1.")]
    [InlineData("(ANN) ann's Ann_x", "(user-1) user-1's Ann_x")]
    [InlineData("Anné Ann\u0301 Ann", "Anné Ann\u0301 user-1")]
    public void Users_AsWholeWords_InAnyCase(string text, string expected) => Assert.Equal(expected, Redactor(new RedactionChoice { Users = true }, ("Ann", RedactionKind.User)).Redact(text).Text);

    [Theory]
    [InlineData("Nguyễn", "chào NGUYỄN!", "chào user-1!")]
    [InlineData("田中", "田中さんは東京にいる", "user-1さんは東京にいる")]
    [InlineData("สมชาย", "คุณสมชายครับ", "คุณuser-1ครับ")]
    [InlineData("😀bob", "hi 😀bob😀", "hi user-1😀")]
    [InlineData("Åsa", "åsa ÅSA Åsar", "user-1 user-1 Åsar")]
    public void Users_InAnyScript_AreFound(string name, string text, string expected) => Assert.Equal(expected, Redactor(new RedactionChoice { Users = true }, (name, RedactionKind.User)).Redact(text).Text);

    [Fact]
    public void Finds_ThatLieOverEachOther_LeaveNoEndBehind()
    {
        var redactor = Redactor(new RedactionChoice { Users = true, Words = "Smith Ltd" }, ("John Smith", RedactionKind.User));

        var redacted = redactor.Redact("To John Smith Ltd, and Smith Ltd.");

        Assert.Equal("To user-1, and word-1.", redacted.Text);
        Assert.Equal([(3, 6), (15, 6)], redacted.Spans.Select(s => (s.Start, s.Length)));
        Assert.Equal((1, 1), (redactor.Counts[RedactionKind.User], redactor.Counts[RedactionKind.Word]));
    }

    [Theory]
    [InlineData("call 090 123-4567 or +84", "call number-1 or number-2")]
    [InlineData("gpt4, v2, h264, 15kg, x_1 stay; 15 kg goes", "gpt4, v2, h264, 15kg, x_1 stay; number-1 kg goes")]
    [InlineData("1. first\n 2) second 42", "1. first\n 2) second number-1")]
    [InlineData("١٢٣ and 3.14 and 3.14", "number-1 and number-2 and number-2")]
    [InlineData("$1,204.50.", "$number-1.")]
    public void Numbers_AloneOnly(string text, string expected) => Assert.Equal(expected, Redactor(new RedactionChoice { Numbers = true }).Redact(text).Text);

    [Theory]
    [InlineData("see 0190a2f4-1c1e-7b1a-9a55-0f2d6a6c9d11", "see id-1")]
    [InlineData("commit 3f2a9c1b7d4e", "commit id-1")]
    [InlineData("defaced decade effaced", "defaced decade effaced")]
    [InlineData("key sk_live51Habcdefghijk99 done", "key id-1 done")]
    public void Ids_ThatLookLikeOne(string text, string expected) => Assert.Equal(expected, Redactor(new RedactionChoice { Ids = true }).Redact(text).Text);

    [Fact]
    public void Words_AlsoInsideOthers() => Assert.Equal("word-1corp.com, my word-1", Redactor(new RedactionChoice { Words = " acme \n\nACME" }).Redact("AcmeCorp.com, my acme".Replace("Corp", "corp", StringComparison.Ordinal)).Text);

    [Fact]
    public void Emails_AreUsers() => Assert.Equal("to email-1, email-1", Redactor(new RedactionChoice { Users = true }).Redact("to a.b+c@mail.example.org, A.B+c@mail.example.org").Text);

    [Fact]
    public void Json_StaysJson_WithIdsInTextsKeysAndNumbers()
    {
        const string text = """{ "chat": 987654321, "by": {"987654321": "Ann wrote \"987654321\""}, "duration_ms": 250, "n": 42, "esc": "\u0041nn", "inner": "{\"chat\":987654321}", "list": [ 1.5 ] }""";

        var redacted = RedactedJson.Redact(text, Redactor(Everything, ("987654321", RedactionKind.Id), ("Ann", RedactionKind.User)));

        Assert.Equal("""{ "chat": "id-a", "by": {"id-a": "user-1 wrote \"id-a\""}, "duration_ms": 250, "n": "number-1", "esc": "user-1", "inner": "{\"chat\":\"id-a\"}", "list": [ "number-2" ] }""".Replace("id-a", "chat-1", StringComparison.Ordinal), redacted);
        using var json = JsonDocument.Parse(redacted);
    }

    [Theory]
    [InlineData("[not json, Ann]", "[not json, user-1]")]
    [InlineData("{}", "{}")]
    [InlineData("", "")]
    public void Json_ThatIsNone_IsText(string text, string expected) => Assert.Equal(expected, RedactedJson.Redact(text, Redactor(Everything, ("Ann", RedactionKind.User))));

    [Fact]
    public void Document_SamePersonSameName_EverywhereAndShortIdsInTheirColumns()
    {
        var document = new ConversationDocument(
            "telegram:7:99887766",
            Row(("conversation_id", "telegram:7:99887766"), ("title", "Ann's order"), ("summary", null)),
            [Row(("event_id", "ev-4711"), ("user_id", "7"), ("username", "Ann"), ("agents", """[{"name":"router","duration_ms":5,"error":"no chat 99887766"}]"""))],
            [Row(("session_id", "telegram:7:99887766"), ("message_id", "telegram:7:99887766/1"), ("event_id", "ev-4711"), ("user_id", "7"), ("username", null), ("chat_id", "99887766"), ("sequence", 1L), ("content", "7 apples for Ann, ev-4711"))]);
        var redaction = ConversationRedaction.Of(document, new RedactionChoice { Users = true, Ids = true });

        var shared = redaction.Apply(document);

        Assert.Equal("conversation-1", shared.Id);
        Assert.Equal("user-1's order", shared.Annotation!["title"]);
        var message = shared.Messages[0];
        Assert.Equal(("conversation-1", "conversation-1/1", "event-1", "user-1", "chat-1", 1L), (message["session_id"], message["message_id"], message["event_id"], message["user_id"], message["chat_id"], message["sequence"]));
        Assert.Equal("7 apples for user-1, event-1", message["content"]);
        Assert.Equal("""[{"name":"router","duration_ms":5,"error":"no chat chat-1"}]""", shared.Events![0]["agents"]);
        Assert.Equal("user-1", shared.Events[0]["username"]);
        Assert.DoesNotContain("99887766", System.Text.Encoding.UTF8.GetString(ConversationJson.Write(shared, redaction.Counts)), StringComparison.Ordinal);
    }

    [Fact]
    public void Document_UsersOnly_ReplacesThemInsideTheSession()
    {
        var document = new ConversationDocument("telegram:12345:678", null, null, [Row(("session_id", "telegram:12345:678"), ("message_id", "telegram:12345:678/1"), ("user_id", "12345"), ("content", "x"))]);

        var shared = ConversationRedaction.Of(document, new RedactionChoice { Users = true }).Apply(document);

        Assert.Equal(("telegram:user-1:678", "telegram:user-1:678/1"), (shared.Messages[0]["session_id"], shared.Messages[0]["message_id"]));
    }

    private static StoredRow Row(params (string Column, object? Value)[] values) => new([.. values.Select(v => new KeyValuePair<string, object?>(v.Column, v.Value))]);

    private static Redactor Redactor(RedactionChoice choice, params (string Value, RedactionKind Kind)[] known)
    {
        var names = new Pseudonyms();
        var redactor = new Redactor(choice, names);
        foreach (var (value, kind) in known)
            redactor.Add(value, names.Of(value, kind == RedactionKind.User ? "user" : "chat"), kind);
        return redactor;
    }
}
