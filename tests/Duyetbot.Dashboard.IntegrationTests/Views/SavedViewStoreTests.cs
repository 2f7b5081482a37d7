using Duyetbot.Dashboard.Data.Views;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Views;

public sealed class SavedViewStoreTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SavedViewStore _store;

    public SavedViewStoreTests() => _store = new SavedViewStore(_database.Database, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_AddedRenamedDeleted_IsListedByPageAndName()
    {
        var changes = 0;
        _store.Changed += () => changes++;
        var b = await _store.AddAsync("/traces", " b ", "status=error&range=7d", Token);
        await _store.AddAsync("/traces", "A", "", Token);
        await _store.AddAsync("/agents", "z", "agent=router", Token);

        Assert.True(await _store.RenameAsync(b.Id, "0", Token));

        Assert.Equal(["/agents?agent=router", "/traces?status=error&range=7d", "/traces"], (await _store.ListAsync(Token)).Select(v => v.Url));
        Assert.True(await _store.DeleteAsync(b.Id, Token));
        Assert.False(await _store.DeleteAsync(b.Id, Token));
        Assert.False(await _store.RenameAsync(b.Id, "x", Token));
        Assert.Equal(["z", "A"], (await _store.ListAsync(Token)).Select(v => v.Name));
        Assert.True(changes >= 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    [InlineData("taken")]
    [InlineData("TAKEN ")]
    public async Task Name_ThatCannotBeKept_IsRefused(string name)
    {
        await _store.AddAsync("/users", "Taken", "", Token);
        var other = await _store.AddAsync("/users", "Other", "", Token);

        await Assert.ThrowsAsync<SavedViewRefusedException>(() => _store.AddAsync("/users", name, "q=1", Token));
        await Assert.ThrowsAsync<SavedViewRefusedException>(() => _store.RenameAsync(other.Id, name, Token));

        Assert.Equal(["Other", "Taken"], (await _store.ListAsync(Token)).Select(v => v.Name));
    }

    [Fact]
    public async Task Name_OfAnotherPageOrOfItself_IsFree()
    {
        await _store.AddAsync("/users", "Mine", "", Token);
        var view = await _store.AddAsync("/traces", "Mine", "", Token);

        Assert.True(await _store.RenameAsync(view.Id, "mine", Token));
        Assert.Equal(60, (await _store.AddAsync("/users", new string('ü', 60), "", Token)).Name.Length);
    }

    [Fact]
    public async Task Limits_Reached_AreSaid()
    {
        await Assert.ThrowsAsync<SavedViewRefusedException>(() => _store.AddAsync("/users", "long", new string('q', SavedViewStore.MaxQuery + 1), Token));
        for (var i = 0; i < SavedViewStore.MaxViews; i++)
            await _store.AddAsync("/users", $"v{i}", "", Token);

        var refusal = await Assert.ThrowsAsync<SavedViewRefusedException>(() => _store.AddAsync("/users", "one more", "", Token));

        Assert.Contains("100 views", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _database.Dispose();
}
