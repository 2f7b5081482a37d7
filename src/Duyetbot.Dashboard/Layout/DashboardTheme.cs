using MudBlazor;

namespace Duyetbot.Dashboard.Layout;

/// <summary>MudBlazor's palettes: the values of wwwroot/css/tokens.css, which a test compares.</summary>
public static class DashboardTheme
{
    /// <summary>The light theme, scoped to <c>:root</c>.</summary>
    public static readonly MudTheme Light = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root" },
        LayoutProperties = Layout(),
        Typography = Type(),
        PaletteLight = new PaletteLight
        {
            Primary = "#3a58c3",
            PrimaryContrastText = "#ffffff",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            DrawerBackground = "#f6f7f9",
            AppbarBackground = "#f6f7f9",
            BackgroundGray = "#eef0f4",
            TableHover = "#f1f3f7",
            TextPrimary = "#15181e",
            TextSecondary = "#464d59",
            TextDisabled = "#616875",
            ActionDefault = "#464d59",
            LinesDefault = "#d8dce3",
            Divider = "#e8ebef",
            TableLines = "#e8ebef",
            LinesInputs = "#7d8491",
            Success = "#0b7643",
            Error = "#be2327",
            Warning = "#8a5c00",
            Info = "#0a6c9b",
        },
    };

    /// <summary>The dark theme, scoped to <c>:root[data-theme=dark]</c>.</summary>
    public static readonly MudTheme Dark = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root[data-theme=dark]" },
        LayoutProperties = Layout(),
        Typography = Type(),
        PaletteDark = new PaletteDark
        {
            Primary = "#8aa8f7",
            PrimaryContrastText = "#0e1013",
            Background = "#0e1013",
            Surface = "#15181d",
            DrawerBackground = "#0e1013",
            AppbarBackground = "#0e1013",
            BackgroundGray = "#1e222a",
            TableHover = "#1b1f26",
            TextPrimary = "#e8ebf0",
            TextSecondary = "#b1b8c4",
            TextDisabled = "#8f97a5",
            ActionDefault = "#b1b8c4",
            LinesDefault = "#2f353f",
            Divider = "#22262e",
            TableLines = "#22262e",
            LinesInputs = "#6f7787",
            Success = "#5ccb89",
            Error = "#f87d74",
            Warning = "#eeb154",
            Info = "#64bced",
        },
    };

    private static LayoutProperties Layout() => new()
    {
        DefaultBorderRadius = "4px",
        AppbarHeight = "48px",
        DrawerWidthLeft = "176px",
        DrawerMiniWidthLeft = "48px",
    };

    private static Typography Type() => new()
    {
        Default = new DefaultTypography { FontFamily = ["system-ui", "sans-serif"], FontSize = ".8125rem" },
        Button = new ButtonTypography { TextTransform = "none", FontWeight = "500" },
    };
}
