using Duyetbot.Dashboard.Access;
using Microsoft.Extensions.Configuration;

namespace Duyetbot.Dashboard.Tests.Access;

public sealed class AccessOptionsTests
{
    private const string Local = "http://localhost:5080";
    private const string Remote = "http://0.0.0.0:5080";

    [Theory]
    [InlineData("Dashboard:Auth:Mode", Local, "Dashboard:Auth:Mode=open")]
    [InlineData("Dashboard:Auth:Mode", Local, "Dashboard:Auth:Mode=1")]
    [InlineData("Dashboard:Auth:AllowUnsecuredRemote", Remote, "Dashboard:Auth:Mode=Unsecured", "AllowedHosts=box")]
    [InlineData("Dashboard:Auth:AllowUnsecuredRemote", Local, "Dashboard:Auth:AllowUnsecuredRemote=yes")]
    [InlineData("Dashboard:Auth:Token", Local, "Dashboard:Auth:Token=  ")]
    [InlineData("Dashboard:Auth:Token", Local, "Dashboard:Auth:Token=a\tb")]
    [InlineData("Dashboard:Auth:Lifetime", Local, "Dashboard:Auth:Lifetime=soon")]
    [InlineData("Dashboard:Auth:Lifetime", Local, "Dashboard:Auth:Lifetime=0")]
    [InlineData("Dashboard:Auth:Lifetime", Local, "Dashboard:Auth:Lifetime=31")]
    [InlineData("AllowedHosts", Remote)]
    [InlineData("AllowedHosts", Remote, "AllowedHosts=*")]
    [InlineData("AllowedHosts", "http://localhost:1;http://box:2")]
    [InlineData("AllowedHosts", Local, "Kestrel:Endpoints:Http:Url=http://*:80")]
    [InlineData("Urls", "localhost")]
    [InlineData("Dashboard:Proxies", Local, "Dashboard:Proxies=10.0.0.2, everywhere")]
    [InlineData("Dashboard:Auth:OpenIdConnect:Authority", Local, "Dashboard:Auth:Mode=OpenIdConnect")]
    [InlineData("Dashboard:Auth:OpenIdConnect:Authority", Local, "Dashboard:Auth:Mode=OpenIdConnect", "Dashboard:Auth:OpenIdConnect:Authority=http://login.example.com")]
    [InlineData("Dashboard:Auth:OpenIdConnect:ClientId", Local, "Dashboard:Auth:Mode=OpenIdConnect", "Dashboard:Auth:OpenIdConnect:Authority=https://login.example.com")]
    [InlineData("Dashboard:Auth:OpenIdConnect:RequiredClaimType", Local, "Dashboard:Auth:Mode=OpenIdConnect", "Dashboard:Auth:OpenIdConnect:Authority=https://login.example.com", "Dashboard:Auth:OpenIdConnect:ClientId=d", "Dashboard:Auth:OpenIdConnect:RequiredClaimValue=x")]
    [InlineData("Dashboard:Api:Keys:0:Name", Local, "Dashboard:Api:Keys:0:Sha256=00")]
    [InlineData("Dashboard:Api:Keys:0:Sha256", Local, "Dashboard:Api:Keys:0:Name=a", "Dashboard:Api:Keys:0:Sha256=00")]
    [InlineData("Dashboard:Api:Keys:0:Scopes", Local, "Dashboard:Api:Keys:0:Name=a", $"Dashboard:Api:Keys:0:Sha256={Hash}", "Dashboard:Api:Keys:0:Scopes:0=root")]
    [InlineData("Dashboard:Api:Keys:0:Scopes", Local, "Dashboard:Api:Keys:0:Name=a", $"Dashboard:Api:Keys:0:Sha256={Hash}")]
    public void Setting_ThatIsWrong_IsNamed(string key, string urls, params string[] settings)
    {
        var refused = Assert.Throws<StartupException>(() => Read(urls, settings));

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_Configured_AsksForATokenOnThisMachine()
    {
        var options = Read(Local);

        Assert.Equal(AuthMode.Token, options.Mode);
        Assert.Equal(TimeSpan.FromDays(7), options.Lifetime);
        Assert.Equal(["localhost", "127.0.0.1", "[::1]"], options.Listening.AllowedHosts);
        Assert.Empty(options.Proxies);
        Assert.Empty(options.Warnings);
    }

    [Theory]
    [InlineData(1, Local, "Dashboard:Auth:Mode=unsecured")]
    [InlineData(1, Remote, "Dashboard:Auth:Mode=Unsecured", "Dashboard:Auth:AllowUnsecuredRemote=true", "AllowedHosts=box")]
    [InlineData(1, Remote, "AllowedHosts=box")]
    [InlineData(0, "https://0.0.0.0:443", "AllowedHosts=box")]
    [InlineData(1, Local, "Dashboard:Auth:Mode=OpenIdConnect", "Dashboard:Auth:OpenIdConnect:Authority=https://login.example.com", "Dashboard:Auth:OpenIdConnect:ClientId=d")]
    [InlineData(0, Local, "Dashboard:Auth:Mode=OpenIdConnect", "Dashboard:Auth:OpenIdConnect:Authority=https://login.example.com", "Dashboard:Auth:OpenIdConnect:ClientId=d", "Dashboard:Auth:OpenIdConnect:RequiredClaimType=groups")]
    public void Setting_WorthASecondThought_IsWarnedOf(int warnings, string urls, params string[] settings) =>
        Assert.Equal(warnings, Read(urls, settings).Warnings.Count);

    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://box:5080")]
    [InlineData("http://[::]:5080", "http://box:5080")]
    [InlineData("http://+:5080", "http://box:5080")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    public void Address_OfEveryInterface_IsPrintedUnderAName(string address, string expected) =>
        Assert.Equal(expected, Read(Remote, "AllowedHosts=*.example.com;box").Listening.Reachable(address));

    [Fact]
    public void Proxies_AsTextOrList_AreNetworks()
    {
        Assert.Equal(["10.0.0.2/32", "10.1.0.0/16"], Read(Local, "Dashboard:Proxies=10.0.0.2; 10.1.0.0/16").Proxies.Select(p => p.ToString()));
        Assert.Equal(["::1/128"], Read(Local, "Dashboard:Proxies:0=::1").Proxies.Select(p => p.ToString()));
    }

    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static AccessOptions Read(string urls, params string[] settings) => AccessOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Split('=', 2)[0], s.Split('=', 2)[1]))).Build(),
        urls);
}
